package kernel

import "sync"

type endpoint struct {
	ip    string
	ready bool
}

type sliceController struct {
	mu     sync.RWMutex
	slices map[string][]endpoint
	out    *worker
}

func newSliceController() *sliceController {
	c := &sliceController{slices: map[string][]endpoint{}}
	c.out = newWorker(c.resolve)
	return c
}

func (c *sliceController) resolve(service string) ([]endpoint, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	eps, ok := c.slices[service]
	return append([]endpoint(nil), eps...), ok
}

func (c *sliceController) update(service string, eps ...endpoint) {
	c.mu.Lock()
	c.slices[service] = eps
	c.mu.Unlock()
	c.out.enqueue(service)
}

func (c *sliceController) stop() {
	c.out.drain()
}
