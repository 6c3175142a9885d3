package kernel

import (
	"sync"
	"time"
)

type query struct {
	need   int64
	result []byte
}

func (q *query) execute(b *budget) error {
	r, err := b.reserve(q.need)
	if err != nil {
		return err
	}
	defer r.free()
	q.result = make([]byte, q.need)
	return nil
}

func awaitBlocked(b *budget, n int) {
	for b.blocked() < n {
		time.Sleep(100 * time.Microsecond)
	}
	time.Sleep(time.Millisecond)
}

// Run lets a large query and a small one wait for a hash join that shrinks.
func Run() {
	b := newBudget(100)
	join, err := b.reserve(100)
	if err != nil {
		return
	}
	var small sync.WaitGroup
	large := &query{need: 80}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = large.execute(b)
	}()
	awaitBlocked(b, 1)
	small.Add(1)
	go func() {
		defer small.Done()
		_ = (&query{need: 10}).execute(b)
	}()
	awaitBlocked(b, 2)
	join.shrink(60)
	small.Wait()
	join.free()
	<-done
}
