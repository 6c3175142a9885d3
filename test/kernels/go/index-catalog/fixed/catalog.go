package kernel

import (
	"errors"
	"sync"
)

var errUnknown = errors.New("unknown table")

// relation is anything that the catalog lists.
type relation interface {
	Name() string
	Invalidate(version int)
	Rows() int
}

type catalog struct {
	latch     sync.RWMutex
	version   int
	relations map[string]relation
	stats     map[string]int
}

func newCatalog() *catalog {
	return &catalog{relations: map[string]relation{}, stats: map[string]int{}}
}

func (c *catalog) register(r relation) {
	c.latch.Lock()
	defer c.latch.Unlock()
	c.relations[r.Name()] = r
}

func (c *catalog) alter(name string, change func(version int)) error {
	c.latch.Lock()
	r, ok := c.relations[name]
	if !ok {
		c.latch.Unlock()
		return errUnknown
	}
	c.version++
	version := c.version
	change(c.version)
	c.latch.Unlock()
	r.Invalidate(version)
	return nil
}

func (c *catalog) setStats(name string, rows int) int {
	c.latch.Lock()
	defer c.latch.Unlock()
	c.stats[name] = rows
	return c.version
}
