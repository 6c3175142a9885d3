package kernel

import "sync"

type stealQueue struct {
	mu    sync.Mutex
	tasks []func()
}

func (q *stealQueue) push(f func()) {
	q.mu.Lock()
	q.tasks = append(q.tasks, f)
	q.mu.Unlock()
}

func (q *stealQueue) popLocked() func() {
	if len(q.tasks) == 0 {
		return nil
	}
	f := q.tasks[len(q.tasks)-1]
	q.tasks = q.tasks[:len(q.tasks)-1]
	return f
}

func (q *stealQueue) pop(victim *stealQueue) func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if f := q.popLocked(); f != nil {
		return f
	}
	if !victim.mu.TryLock() {
		return nil
	}
	defer victim.mu.Unlock()
	half := (len(victim.tasks) + 1) / 2
	q.tasks = append(q.tasks, victim.tasks[:half]...)
	victim.tasks = victim.tasks[half:]
	return q.popLocked()
}
