package kernel

import (
	"sync"
	"time"
)

type member struct {
	name  string
	parts int
}

type planner struct {
	mu       sync.Mutex
	members  map[string]*member
	wanted   chan struct{}
	quit     chan struct{}
	pending  bool
	interval time.Duration
	plans    int
}

func newPlanner(interval time.Duration) *planner {
	p := &planner{
		members:  map[string]*member{},
		wanted:   make(chan struct{}),
		quit:     make(chan struct{}),
		interval: interval,
	}
	go p.loop()
	return p
}

func (p *planner) join(name string) {
	p.mu.Lock()
	isKnown := p.members[name] != nil
	if !isKnown {
		p.members[name] = &member{name: name}
	}
	p.mu.Unlock()
	if isKnown {
		return
	}
	p.wanted <- struct{}{}
}

func (p *planner) loop() {
	ticker := time.NewTicker(p.interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if p.pending {
				p.pending = false
				p.plan()
			}
		case <-p.wanted:
			p.pending = true
		case <-p.quit:
			return
		}
	}
}

func (p *planner) plan() {
	time.Sleep(time.Millisecond)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.members {
		m.parts = 64 / len(p.members)
	}
	p.plans++
}

// Run has many members join one after the other.
func Run() {
	p := newPlanner(200 * time.Microsecond)
	for i := 0; i < 200; i++ {
		p.join(string(rune('a' + i)))
		time.Sleep(300 * time.Microsecond)
	}
	close(p.quit)
}
