package kernel

import (
	"sync"
	"time"
)

type replica struct {
	name    string
	healthy bool
	delay   time.Duration
}

type checker func(r replica) bool

type prober struct {
	check checker

	mu     sync.Mutex
	status map[string]bool
}

func newProber(c checker) *prober {
	return &prober{check: c, status: map[string]bool{}}
}

func (p *prober) record(name string, ok bool) {
	p.mu.Lock()
	p.status[name] = ok
	p.mu.Unlock()
}

func (p *prober) wasUp(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status[name]
}

func (p *prober) sweep(replicas []replica, onlyDown bool) {
	pool := newWorkPool(2)
	for _, r := range replicas {
		if onlyDown && p.wasUp(r.name) {
			continue
		}
		pool.submit(func() {
			p.record(r.name, p.check(r))
		})
	}
	pool.drain()
}

// Run probes three replicas.
func Run() {
	p := newProber(func(r replica) bool {
		time.Sleep(r.delay)
		return r.healthy
	})
	p.sweep([]replica{
		{"r1", true, time.Millisecond},
		{"r2", false, 0},
		{"r3", true, time.Millisecond},
		{"r4", true, 0},
	}, false)
}
