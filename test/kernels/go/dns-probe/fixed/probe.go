package kernel

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

type answer struct {
	addrs []string
	took  time.Duration
}

type resolver interface {
	lookup(host string) ([]string, error)
}

type probe struct {
	host     string
	deadline time.Duration
	resolver resolver
}

type verdict struct {
	host string
	up   bool
	why  string
}

func (p *probe) run(ctx context.Context) verdict {
	ctx, cancel := context.WithTimeout(ctx, p.deadline)
	defer cancel()
	a, err := p.ask(ctx)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return verdict{p.host, false, "timeout"}
	case err != nil:
		return verdict{p.host, false, err.Error()}
	case len(a.addrs) == 0:
		return verdict{p.host, false, "no addresses"}
	}
	return verdict{host: p.host, up: true}
}

func (p *probe) ask(ctx context.Context) (answer, error) {
	answers, failures := make(chan answer, 1), make(chan error, 1)
	go p.query(answers, failures)
	select {
	case a := <-answers:
		return a, nil
	case err := <-failures:
		return answer{}, err
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
}

func (p *probe) query(answers chan<- answer, failures chan<- error) {
	start := time.Now()
	addrs, err := p.resolver.lookup(p.host)
	if err != nil {
		failures <- err
		return
	}
	answers <- answer{addrs, time.Since(start)}
}

type slowResolver struct {
	delay time.Duration
	calls atomic.Int32
}

func (s *slowResolver) lookup(host string) ([]string, error) {
	if s.calls.Add(1)%2 == 0 {
		time.Sleep(s.delay)
	}
	if host == "" {
		return nil, errors.New("empty host")
	}
	return []string{"192.0.2.1"}, nil
}

type monitor struct {
	probes []*probe
	down   map[string]string
}

func (m *monitor) round(ctx context.Context) {
	for _, p := range m.probes {
		if v := p.run(ctx); !v.up {
			m.down[v.host] = v.why
		} else {
			delete(m.down, v.host)
		}
	}
}

// Run probes two hosts of which one answers late.
func Run() {
	r := &slowResolver{delay: 20 * time.Millisecond}
	m := &monitor{down: map[string]string{}}
	for _, h := range []string{"a.test", "b.test"} {
		m.probes = append(m.probes, &probe{h, 5 * time.Millisecond, r})
	}
	m.round(context.Background())
}
