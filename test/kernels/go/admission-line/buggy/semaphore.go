package kernel

import "sync"

type weightPool struct {
	mu    sync.Mutex
	cond  *sync.Cond
	free  int
	limit int
}

func newWeightPool(limit int) *weightPool {
	p := &weightPool{limit: limit, free: limit}
	p.cond = sync.NewCond(&p.mu)
	return p
}

func (p *weightPool) take(n int, waiting func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free < n && waiting != nil {
		waiting()
	}
	for p.free < n {
		p.cond.Wait()
	}
	p.free -= n
}

func (p *weightPool) put(n int) {
	p.mu.Lock()
	p.free += n
	p.cond.Signal()
	p.mu.Unlock()
}
