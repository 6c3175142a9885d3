package kernel

import "sync"

// Container is one managed container.
type Container struct {
	sync.Mutex
	ID      string
	Paused  bool
	Running bool
	events  []string
}

func (c *Container) toggle(paused bool) { c.Paused = paused }

func (c *Container) note(what string) {
	c.Lock()
	defer c.Unlock()
	c.events = append(c.events, what)
}

type driver interface {
	Name() string
	Freeze(id string) error
	Thaw(id string) error
}

type nativeDriver struct {
	sync.Mutex
	active map[string]bool
	watch  stateWatcher
}

type stateWatcher interface {
	StateChanged(id, state string)
}

func (n *nativeDriver) Name() string { return "native" }

func (n *nativeDriver) set(id string, frozen bool) {
	n.Lock()
	defer n.Unlock()
	n.active[id] = !frozen
}

func (n *nativeDriver) Freeze(id string) error {
	n.set(id, true)
	n.watch.StateChanged(id, "frozen")
	return nil
}

func (n *nativeDriver) Thaw(id string) error {
	n.set(id, false)
	return nil
}
