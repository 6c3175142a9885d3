package kernel

import "sync"

type request struct {
	user string
	cost int
}

type admission struct {
	pool    *weightPool
	running sync.WaitGroup
	mu      sync.Mutex
	order   []string
}

func newAdmission(capacity int) *admission {
	return &admission{pool: newWeightPool(capacity)}
}

func (a *admission) submit(r request, handle func()) {
	queued := make(chan struct{}, 1)
	started := make(chan struct{})
	a.running.Add(1)
	go func() {
		defer a.running.Done()
		a.pool.take(r.cost, func() { queued <- struct{}{} })
		close(started)
		a.mu.Lock()
		a.order = append(a.order, r.user)
		a.mu.Unlock()
		handle()
		a.pool.put(r.cost)
	}()
	select {
	case <-queued:
	case <-started:
	}
}

// Run admits heavy and light requests.
func Run() {
	a := newAdmission(10)
	first, second := make(chan struct{}), make(chan struct{})
	a.submit(request{"a", 8}, func() { <-first })
	a.submit(request{"b", 2}, func() { <-second })
	a.submit(request{"heavy", 9}, func() {})
	small := make(chan struct{})
	a.submit(request{"light", 2}, func() { close(small) })
	close(second)
	<-small
	close(first)
	a.running.Wait()
}
