package kernel

import "sync"

type plan struct {
	requests int
	burst    int
}

// planSource tells the plan of a tenant that has none of its own.
type planSource interface {
	Fallback() plan
}

type registry struct {
	mu       sync.RWMutex
	fallback plan
	tenants  map[string]*tenant
}

func newRegistry(fallback plan) *registry {
	return &registry{fallback: fallback, tenants: make(map[string]*tenant)}
}

// Fallback is the plan of those without.
func (r *registry) Fallback() plan {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.fallback
}

func (r *registry) setFallback(p plan) {
	r.mu.Lock()
	r.fallback = p
	r.mu.Unlock()
}

func (r *registry) enroll(name string, own *plan) {
	t := &tenant{name: name, own: own, source: r}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tenants[name] = t
}

func (r *registry) allow(name string, n int) bool {
	r.mu.RLock()
	t := r.tenants[name]
	r.mu.RUnlock()
	return t != nil && n <= t.effective().burst
}

// total sums up what all tenants may ask for.
func (r *registry) total() int {
	r.mu.RLock()
	list := make([]*tenant, 0, len(r.tenants))
	for _, t := range r.tenants {
		list = append(list, t)
	}
	r.mu.RUnlock()
	sum := 0
	for _, t := range list {
		sum += t.effective().requests
	}
	return sum
}
