package kernel

import (
	"sync"
)

type entry struct {
	key   string
	bytes int
}

type intake struct {
	mu       sync.Mutex
	notEmpty *sync.Cond
	notFull  *sync.Cond
	items    []entry
	limit    int
	closed   bool
}

func newIntake(limit int) *intake {
	q := &intake{limit: limit}
	q.notEmpty = sync.NewCond(&q.mu)
	q.notFull = sync.NewCond(&q.mu)
	return q
}

func (q *intake) waitSpaceLocked() bool {
	for len(q.items) >= q.limit && !q.closed {
		q.notFull.Wait()
	}
	return !q.closed
}

func (q *intake) waitItemLocked() bool {
	for len(q.items) == 0 && !q.closed {
		q.notEmpty.Wait()
	}
	return len(q.items) > 0
}

func (q *intake) put(e entry) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.waitSpaceLocked() {
		return false
	}
	q.items = append(q.items, e)
	q.notEmpty.Signal()
	return true
}

func (q *intake) get() (entry, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.waitItemLocked() {
		return entry{}, false
	}
	e := q.items[0]
	q.items = q.items[1:]
	q.notFull.Signal()
	return e, true
}

func (q *intake) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.notEmpty.Broadcast()
	q.notFull.Broadcast()
}

type consumer struct {
	q     *intake
	total int
	done  chan struct{}
}

func startConsumer(q *intake) *consumer {
	c := &consumer{q: q, done: make(chan struct{})}
	go c.run()
	return c
}

func (c *consumer) run() {
	defer close(c.done)
	for {
		e, ok := c.q.get()
		if !ok {
			return
		}
		c.total += e.bytes
	}
}

func (c *consumer) sum() int {
	<-c.done
	return c.total
}

// Run moves entries through a short queue.
func Run() {
	q := newIntake(2)
	consumers := []*consumer{startConsumer(q), startConsumer(q)}
	var producers sync.WaitGroup
	for i := 0; i < 3; i++ {
		producers.Add(1)
		go func() {
			defer producers.Done()
			for j := 0; j < 20; j++ {
				q.put(entry{"k", 1})
			}
		}()
	}
	producers.Wait()
	q.close()
	total := 0
	for _, c := range consumers {
		total += c.sum()
	}
	_ = total
}
