package kernel

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Config is replaced as a whole.
type Config struct {
	Revision int
	Limits   map[string]int
}

func (c *Config) String() string { return fmt.Sprintf("r%d %v", c.Revision, c.Limits) }

// Publisher hands the newest config to those who want it.
type Publisher struct {
	current atomic.Value

	mu      sync.Mutex
	waiters map[chan *Config]struct{}
}

// NewPublisher starts with an empty config.
func NewPublisher() *Publisher {
	p := &Publisher{waiters: make(map[chan *Config]struct{})}
	p.current.Store(&Config{Limits: map[string]int{}})
	return p
}

// Get returns the config as it is now; it must not be changed.
func (p *Publisher) Get() *Config { return p.current.Load().(*Config) }

// Set changes one limit in a copy.
func (p *Publisher) Set(name string, limit int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	old := p.Get()
	next := &Config{Revision: old.Revision + 1, Limits: make(map[string]int, len(old.Limits)+1)}
	for k, v := range old.Limits {
		next.Limits[k] = v
	}
	next.Limits[name] = limit
	p.current.Store(next)
	for w := range p.waiters {
		offer(w, next)
	}
}

func offer(w chan *Config, c *Config) {
	select {
	case <-w:
	default:
	}
	w <- c
}

// Follow returns a channel that has the newest config.
func (p *Publisher) Follow() (<-chan *Config, func()) {
	w := make(chan *Config, 1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiters[w] = struct{}{}
	w <- p.Get()
	return w, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if _, ok := p.waiters[w]; ok {
			delete(p.waiters, w)
			close(w)
		}
	}
}

// Run follows with one reader that is slow and one that leaves.
func Run() {
	p := NewPublisher()
	slow, stopSlow := p.Follow()
	short, stopShort := p.Follow()
	var wg sync.WaitGroup
	wg.Add(3)
	go func() {
		defer wg.Done()
		for c := range slow {
			_ = c.String()
		}
	}()
	go func() {
		defer wg.Done()
		<-short
		stopShort()
		stopShort()
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 100; i++ {
			_ = p.Get().Limits["cpu"]
		}
	}()
	for i := 0; i < 200; i++ {
		p.Set([]string{"cpu", "mem"}[i%2], i)
	}
	stopSlow()
	wg.Wait()
}
