// Package phasecond waits for a phase with a condition variable that is always broadcast.
package phasecond

import "sync"

// Phases counts phases.
type Phases struct {
	mu      sync.Mutex
	changed *sync.Cond
	phase   int
	over    bool
}

// New is at phase zero.
func New() *Phases {
	p := &Phases{}
	p.changed = sync.NewCond(&p.mu)
	return p
}

func (p *Phases) update(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	p.changed.Broadcast()
}

// Next goes on by one.
func (p *Phases) Next() { p.update(func() { p.phase++ }) }

// End ends all waits.
func (p *Phases) End() { p.update(func() { p.over = true }) }

// Await waits for a phase; false when it does not come.
func (p *Phases) Await(phase int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.phase < phase && !p.over {
		p.changed.Wait()
	}
	return p.phase >= phase
}

// Run waits for phases that come, and for one that does not.
func Run() {
	p := New()
	var wg sync.WaitGroup
	for phase := 1; phase <= 4; phase++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.Await(phase)
		}()
	}
	for i := 0; i < 3; i++ {
		p.Next()
	}
	p.End()
	wg.Wait()
}
