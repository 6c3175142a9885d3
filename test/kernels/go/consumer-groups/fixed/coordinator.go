package kernel

import (
	"fmt"
	"sync"
	"time"
)

type coordinator struct {
	mu     sync.Mutex
	groups map[string]*group
	owners map[string]string
	epoch  int

	journal journal
}

// journal keeps the generations on disk.
type journal struct {
	delay time.Duration
}

func (j journal) save(string, int) { time.Sleep(j.delay) }

func newCoordinator() *coordinator {
	return &coordinator{
		groups:  map[string]*group{},
		owners:  map[string]string{},
		journal: journal{delay: 50 * time.Microsecond},
	}
}

func (c *coordinator) open(name string) *group {
	c.mu.Lock()
	defer c.mu.Unlock()
	g, ok := c.groups[name]
	if !ok {
		g = newGroup(name, c.rebalanced)
		c.groups[name] = g
	}
	return g
}

func (c *coordinator) rebalanced(g *group, generation int) {
	c.journal.save(g.name, generation)
	c.mu.Lock()
	c.owners[g.name] = fmt.Sprintf("generation-%d", generation)
	c.epoch++
	c.mu.Unlock()
}

type groupStatus struct {
	name    string
	members int
	owner   string
}

func (c *coordinator) describe() []groupStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]groupStatus, 0, len(c.groups))
	for name, g := range c.groups {
		list = append(list, groupStatus{name, g.size(), c.owners[name]})
	}
	return list
}
