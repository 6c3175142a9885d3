package kernel

import "sync"

type set map[string]struct{}

// Queue hands out each key to one worker at a time.
type Queue struct {
	cond       *sync.Cond
	order      []string
	dirty      set
	processing set
	draining   bool
}

// NewQueue returns an empty queue.
func NewQueue() *Queue {
	return &Queue{cond: sync.NewCond(&sync.Mutex{}), dirty: set{}, processing: set{}}
}

// Add marks a key for work.
func (q *Queue) Add(key string) {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	if q.draining {
		return
	}
	if _, ok := q.dirty[key]; ok {
		return
	}
	q.dirty[key] = struct{}{}
	if _, ok := q.processing[key]; ok {
		return
	}
	q.order = append(q.order, key)
	q.cond.Signal()
}

// Get waits for a key.
func (q *Queue) Get() (key string, shutdown bool) {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	for len(q.order) == 0 && !q.draining {
		q.cond.Wait()
	}
	if len(q.order) == 0 {
		return "", true
	}
	key, q.order = q.order[0], q.order[1:]
	q.processing[key] = struct{}{}
	delete(q.dirty, key)
	return key, false
}

// Done ends the work on a key.
func (q *Queue) Done(key string) {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	delete(q.processing, key)
	if _, ok := q.dirty[key]; ok {
		q.order = append(q.order, key)
		q.cond.Signal()
	}
}

// ShutDown lets the workers go once the queue is empty.
func (q *Queue) ShutDown() {
	q.cond.L.Lock()
	defer q.cond.L.Unlock()
	q.draining = true
	q.cond.Broadcast()
}
