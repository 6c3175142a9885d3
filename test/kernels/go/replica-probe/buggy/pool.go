package kernel

import "sync"

type workPool struct {
	wg  sync.WaitGroup
	sem chan struct{}
}

func newWorkPool(n int) *workPool { return &workPool{sem: make(chan struct{}, n)} }

func (p *workPool) submit(f func()) {
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		p.sem <- struct{}{}
		defer func() { <-p.sem }()
		f()
	}()
}

func (p *workPool) drain() { p.wg.Wait() }
