package kernel

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

// Endpoint is where a service can be reached.
type Endpoint struct {
	Address string
	Healthy bool
}

// Registry maps services to endpoints.
type Registry struct {
	mu        sync.RWMutex
	services  map[string][]Endpoint
	revision  int64
	lastError error
}

// NewRegistry returns an empty registry.
func NewRegistry() *Registry {
	return &Registry{services: make(map[string][]Endpoint)}
}

// Update replaces the endpoints of a service.
func (r *Registry) Update(service string, endpoints []Endpoint) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.services[service] = endpoints
	r.revision++
}

// String lists the services by name.
func (r *Registry) String() string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	names := make([]string, 0, len(r.services))
	for name, endpoints := range r.services {
		names = append(names, fmt.Sprintf("%s/%d", name, len(endpoints)))
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

// Resolve returns a healthy endpoint.
func (r *Registry) Resolve(service string) (Endpoint, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, e := range r.services[service] {
		if e.Healthy {
			return e, nil
		}
	}
	return Endpoint{}, fmt.Errorf("revision %d: no endpoint for %q among %v", r.revision, service, r)
}

// Run resolves while the registry is updated.
func Run() {
	r := NewRegistry()
	var wg sync.WaitGroup
	for w := 0; w < 3; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 3000; i++ {
				_, _ = r.Resolve("absent")
			}
		}()
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 3000; i++ {
			r.Update(fmt.Sprintf("svc-%d", i%10), []Endpoint{{Address: "10.0.0.1", Healthy: i%2 == 0}})
		}
	}()
	wg.Wait()
}
