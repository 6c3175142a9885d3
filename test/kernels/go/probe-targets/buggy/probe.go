package kernel

import (
	"fmt"
	"sync"
)

type target struct {
	Host string
	Port int
}

type probeResult struct {
	addr string
	up   bool
}

type checker interface {
	Check(host string, port int) bool
}

type evenChecker struct{}

func (evenChecker) Check(host string, port int) bool { return host != "" && port%2 == 0 }

type executor struct {
	wg    sync.WaitGroup
	slots chan struct{}
}

func newExecutor(n int) *executor { return &executor{slots: make(chan struct{}, n)} }

func (e *executor) submit(job func()) {
	e.wg.Add(1)
	go func() {
		defer e.wg.Done()
		e.slots <- struct{}{}
		job()
		<-e.slots
	}()
}

func (e *executor) drain() { e.wg.Wait() }

type prober struct {
	check checker
	exec  *executor

	mu      sync.Mutex
	results map[string]probeResult
}

func newProber(c checker) *prober {
	return &prober{check: c, exec: newExecutor(2), results: make(map[string]probeResult)}
}

func (p *prober) record(r probeResult) {
	p.mu.Lock()
	p.results[r.addr] = r
	p.mu.Unlock()
}

func (p *prober) probe(t target) probeResult {
	return probeResult{fmt.Sprintf("%s:%d", t.Host, t.Port), p.check.Check(t.Host, t.Port)}
}

func (p *prober) round(targets []target) int {
	for _, t := range targets {
		p.exec.submit(func() {
			p.record(p.probe(t))
		})
	}
	p.exec.drain()
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.results)
}

// Run probes four targets.
func Run() {
	p := newProber(evenChecker{})
	_ = p.round([]target{{"a", 80}, {"b", 81}, {"c", 82}, {"d", 83}})
}
