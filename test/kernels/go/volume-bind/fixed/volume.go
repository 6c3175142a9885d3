package kernel

import (
	"sync"
	"time"
)

type phase int

const (
	available phase = iota
	bound
)

type volume struct {
	id string

	mu     sync.Mutex
	phase  phase
	host   *node
	events []string
}

func (v *volume) note(what string) {
	v.events = append(v.events, what)
	if len(v.events) > 16 {
		v.events = v.events[1:]
	}
}

// moveTo binds the volume to another node.
func (v *volume) moveTo(target *node) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.host == target {
		return nil
	}
	if err := v.rehost(target); err != nil {
		v.note("failed")
		return err
	}
	v.phase = bound
	v.note("bound to " + target.name)
	return nil
}

func (v *volume) rehost(target *node) error {
	if err := target.admit(v); err != nil {
		return err
	}
	if v.host != nil {
		v.host.dismiss(v.id)
	}
	v.host = target
	return nil
}

func (v *volume) unbind(from *node) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.host != from {
		return false
	}
	v.host, v.phase = nil, available
	v.note("unbound")
	return true
}

type controller struct {
	nodes   []*node
	volumes []*volume
}

func (c *controller) rebalance(rounds int) {
	for r := 0; r < rounds; r++ {
		for i, v := range c.volumes {
			_ = v.moveTo(c.nodes[(i+r)%len(c.nodes)])
		}
	}
}

func (c *controller) maintain(rounds int) {
	for r := 0; r < rounds; r++ {
		c.nodes[r%len(c.nodes)].drain()
		if r%100 == 0 {
			time.Sleep(time.Microsecond)
		}
	}
}

// Run rebalances while nodes are drained.
func Run() {
	c := &controller{nodes: []*node{newNode("n1", 8), newNode("n2", 8)}}
	for _, id := range []string{"v1", "v2", "v3"} {
		c.volumes = append(c.volumes, &volume{id: id})
	}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		c.rebalance(20000)
	}()
	go func() {
		defer wg.Done()
		c.maintain(20000)
	}()
	wg.Wait()
}
