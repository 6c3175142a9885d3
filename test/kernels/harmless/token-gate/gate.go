package kernel

import (
	"sync"
	"time"
)

// Gate lets a number of callers through at a time, in no order.
type Gate struct {
	mu     sync.Mutex
	cond   *sync.Cond
	free   int
	closed bool
}

// NewGate returns a gate with count tokens.
func NewGate(count int) *Gate {
	g := &Gate{free: count}
	g.cond = sync.NewCond(&g.mu)
	return g
}

// Acquire waits for a token, or tells that the gate is closed.
func (g *Gate) Acquire() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.free == 0 && !g.closed {
		g.cond.Wait()
	}
	if g.closed {
		g.cond.Signal()
		return false
	}
	g.free--
	return true
}

// Release gives a token back.
func (g *Gate) Release() {
	g.mu.Lock()
	g.free++
	g.mu.Unlock()
	g.cond.Signal()
}

// Close turns all away; each who is turned away wakes the next.
func (g *Gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	g.cond.Signal()
}

// Admission runs requests through a gate.
type Admission struct {
	gate *Gate
	wg   sync.WaitGroup

	mu       sync.Mutex
	served   int
	rejected int
}

// Handle starts a request.
func (a *Admission) Handle(work time.Duration) {
	a.wg.Add(1)
	go a.serve(work)
}

func (a *Admission) serve(work time.Duration) {
	defer a.wg.Done()
	if !a.gate.Acquire() {
		a.count(&a.rejected)
		return
	}
	defer a.gate.Release()
	time.Sleep(work)
	a.count(&a.served)
}

func (a *Admission) count(n *int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	*n++
}

// Run closes the gate while requests wait.
func Run() {
	for i := 0; i < 5; i++ {
		a := &Admission{gate: NewGate(2)}
		for j := 0; j < 12; j++ {
			a.Handle(2 * time.Millisecond)
		}
		time.Sleep(3 * time.Millisecond)
		a.gate.Close()
		a.wg.Wait()
		if a.served+a.rejected != 12 {
			panic("a request was lost")
		}
	}
}
