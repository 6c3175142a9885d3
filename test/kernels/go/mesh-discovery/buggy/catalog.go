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
	defer c.mu.Unlock()
	c.services[name] = list
	c.broadcast(name)
}

func (c *catalog) broadcast(name string) {
	for _, s := range c.sidecars {
		s.invalidate(name)
	}
}
