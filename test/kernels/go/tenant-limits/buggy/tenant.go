package kernel

import (
	"sync"
	"time"
)

type tenant struct {
	name   string
	own    *plan
	source planSource
}

func (t *tenant) effective() plan {
	if t.own != nil {
		return *t.own
	}
	return inherit(t.source)
}

func inherit(s planSource) plan {
	p := s.Fallback()
	if p.burst == 0 {
		p.burst = p.requests
	}
	return p
}

type reporter struct {
	registry *registry
	last     int
}

func (p *reporter) report(rounds int) {
	for i := 0; i < rounds; i++ {
		p.last = p.registry.total()
	}
}

// Run reports totals while the fallback changes.
func Run() {
	r := newRegistry(plan{requests: 10})
	r.enroll("alpha", &plan{100, 200})
	for _, n := range []string{"beta", "gamma", "delta"} {
		r.enroll(n, nil)
	}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		(&reporter{registry: r}).report(20000)
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 20000; i++ {
			r.setFallback(plan{requests: i})
			if i%1000 == 0 {
				time.Sleep(time.Microsecond)
				r.allow("beta", 3)
			}
		}
	}()
	wg.Wait()
}
