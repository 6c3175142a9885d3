package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type stealPool struct {
	left, right stealQueue
	open        atomic.Int64
	wg          sync.WaitGroup
}

func (p *stealPool) submit(f func()) {
	p.open.Add(1)
	p.left.push(func() {
		defer p.open.Add(-1)
		f()
	})
}

func (p *stealPool) work(own, other *stealQueue) {
	defer p.wg.Done()
	for p.open.Load() > 0 {
		f := own.pop(other)
		if f == nil {
			runtime.Gosched()
			continue
		}
		f()
	}
}

// Run lets two workers steal from each other.
func Run() {
	p := &stealPool{}
	var ran atomic.Int64
	for i := 0; i < 100; i++ {
		p.submit(func() { ran.Add(1) })
	}
	p.wg.Add(2)
	go p.work(&p.left, &p.right)
	go p.work(&p.right, &p.left)
	p.wg.Wait()
}
