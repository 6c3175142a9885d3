package kernel

import "sync"

type networkController struct {
	reg *registry

	mu      sync.Mutex
	drivers map[string]*plugin
}

func newNetworkController(reg *registry) *networkController {
	c := &networkController{reg: reg, drivers: make(map[string]*plugin)}
	reg.handle("NetworkDriver", c.registerDriver)
	return c
}

func (c *networkController) registerDriver(name, addr string) {
	if addr == "" {
		return
	}
	p, err := c.reg.get(name, "NetworkDriver")
	if err != nil {
		return
	}
	c.mu.Lock()
	c.drivers[name] = p
	c.mu.Unlock()
}

func (c *networkController) has(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.drivers[name] != nil
}

// Run makes a controller before and after the plugins are there.
func Run() {
	reg := newRegistry()
	early := newNetworkController(reg)
	reg.activate(&plugin{name: "vlan", addr: "unix:///vlan", manifest: &manifest{Implements: []string{"NetworkDriver"}}})
	if !early.has("vlan") {
		panic("no driver")
	}
	late := newNetworkController(reg)
	_ = late.has("vlan")
}
