package kernel

import (
	"sync"

	"scratch/kernel/quota"
)

type job struct {
	user  string
	pages int
}

type queue struct {
	limits  quota.Source
	jobs    chan job
	workers sync.WaitGroup
	mu      sync.Mutex
	refused int
}

func start(n int, limits quota.Source) *queue {
	q := &queue{limits: limits, jobs: make(chan job)}
	for i := 0; i < n; i++ {
		q.workers.Add(1)
		go q.work()
	}
	return q
}

func (q *queue) work() {
	defer q.workers.Done()
	for j := range q.jobs {
		if j.pages > q.limits.Limit(j.user) {
			q.mu.Lock()
			q.refused++
			q.mu.Unlock()
		}
	}
}

func (q *queue) close() {
	close(q.jobs)
	q.workers.Wait()
}

// Run prints with three workers.
func Run() {
	q := start(3, quota.Fixed(4))
	for i := 0; i < 40; i++ {
		q.jobs <- job{[]string{"ana", "ben", "cleo"}[i%3], i % 7}
	}
	q.close()
}
