package kernel

import (
	"sort"
	"sync"
	"time"
)

type sample struct {
	failures int
	latency  time.Duration
}

type hostRanking struct {
	mu      sync.RWMutex
	samples map[string]sample
	order   []string
}

func newHostRanking(hosts ...string) *hostRanking {
	r := &hostRanking{samples: map[string]sample{}}
	r.order = append(r.order, hosts...)
	return r
}

func (r *hostRanking) observe(host string, latency time.Duration, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.samples[host]
	if err != nil {
		s.failures++
	}
	s.latency = (s.latency + latency) / 2
	r.samples[host] = s
}

func (r *hostRanking) costLocked(host string) time.Duration {
	s := r.samples[host]
	return s.latency + time.Duration(s.failures)*time.Second
}

func (r *hostRanking) rerank() {
	r.mu.Lock()
	defer r.mu.Unlock()
	sort.SliceStable(r.order, func(i, j int) bool {
		return r.costLocked(r.order[i]) < r.costLocked(r.order[j])
	})
}

func (r *hostRanking) best() string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.order[0]
}

// Run ranks two hosts.
func Run() {
	r := newHostRanking("east", "west")
	r.observe("east", 3*time.Millisecond, nil)
	r.observe("west", time.Millisecond, nil)
	r.rerank()
	_ = r.best()
}
