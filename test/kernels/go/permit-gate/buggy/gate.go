package kernel

import "sync"

// Gate lets only so many units through at a time.
type Gate struct {
	mu       sync.Mutex
	free     int
	capacity int
	changed  *sync.Cond
	waiting  int
}

// NewGate returns a gate with so many permits.
func NewGate(capacity int) *Gate {
	g := &Gate{free: capacity, capacity: capacity}
	g.changed = sync.NewCond(&g.mu)
	return g
}

// Acquire takes permits and waits for them.
func (g *Gate) Acquire(n int) {
	if n > g.capacity {
		n = g.capacity
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting++
	for g.free < n {
		g.changed.Wait()
	}
	g.waiting--
	g.free -= n
}

// TryAcquire takes permits if they are there.
func (g *Gate) TryAcquire(n int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.free < n {
		return false
	}
	g.free -= n
	return true
}

// Release gives permits back.
func (g *Gate) Release(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.free += n
	if g.free > g.capacity {
		g.free = g.capacity
	}
	g.changed.Signal()
}

// Waiting counts who waits.
func (g *Gate) Waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.waiting
}
