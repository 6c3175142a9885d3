package kernel

import "sync"

type instance struct {
	Addr string
	Port int
}

type catalog struct {
	mu       sync.RWMutex
	services map[string][]instance
	sidecars []*sidecar
}

func (c *catalog) lookup(name string) []instance {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.services[name]
}

func (c *catalog) join(s *sidecar) {
	c.mu.Lock()
	c.sidecars = append(c.sidecars, s)
	c.mu.Unlock()
}

func (c *catalog) setInstances(name string, list []instance) {
	c.mu.Lock()
	c.services[name] = list
	sidecars := append([]*sidecar(nil), c.sidecars...)
	c.mu.Unlock()
	c.broadcast(name, sidecars)
}

func (c *catalog) broadcast(name string, sidecars []*sidecar) {
	for _, s := range sidecars {
		s.invalidate(name)
	}
}
