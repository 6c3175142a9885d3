package kernel

import (
	"errors"
	"sync"
)

var errNoFit = errors.New("node does not fit")

type podRecord struct {
	name   string
	node   string
	millis int
	bound  bool
}

type nodeInfo struct {
	name string
	free int
}

type undoHook interface {
	undo(p *podRecord)
}

type nodeCache struct {
	mu    sync.Mutex
	nodes map[string]*nodeInfo
	pods  map[string]*podRecord
	hooks []undoHook
}

func newNodeCache(names ...string) *nodeCache {
	c := &nodeCache{nodes: map[string]*nodeInfo{}, pods: map[string]*podRecord{}}
	for _, n := range names {
		c.nodes[n] = &nodeInfo{name: n, free: 1000}
	}
	return c
}

func (c *nodeCache) onUndo(h undoHook) {
	c.mu.Lock()
	c.hooks = append(c.hooks, h)
	c.mu.Unlock()
}

func (c *nodeCache) assume(p *podRecord, node string) error {
	c.mu.Lock()
	n, ok := c.nodes[node]
	if !ok || n.free < p.millis {
		hooks := c.hooks
		c.mu.Unlock()
		return c.reject(hooks, p, errNoFit)
	}
	n.free -= p.millis
	p.node = node
	c.pods[p.name] = p
	c.mu.Unlock()
	return nil
}

func (c *nodeCache) reject(hooks []undoHook, p *podRecord, cause error) error {
	for _, h := range hooks {
		h.undo(p)
	}
	return cause
}

func (c *nodeCache) forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.pods[name]; ok {
		c.nodes[p.node].free += p.millis
		delete(c.pods, name)
	}
}
