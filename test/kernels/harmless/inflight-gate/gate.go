package kernel

import "sync"

type inflightGate struct {
	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
}

func (g *inflightGate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.wg.Add(1)
	return true
}

func (g *inflightGate) leave() { g.wg.Done() }

func (g *inflightGate) shut() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.wg.Wait()
}
