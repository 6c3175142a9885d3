package kernel

import "sync"

type nodeInfo struct {
	zone string
	free int
}

// NodeCache is what the scheduler believes about the nodes.
type NodeCache struct {
	mu     sync.Mutex
	nodes  map[string]*nodeInfo
	binder *Binder
}

// NewNodeCache returns a cache with a binder of its own.
func NewNodeCache(zones map[string]string) *NodeCache {
	c := &NodeCache{nodes: make(map[string]*nodeInfo)}
	for name, zone := range zones {
		c.nodes[name] = &nodeInfo{zone: zone, free: 1 << 20}
	}
	c.binder = NewBinder(c)
	return c
}

// Assume places a pod before that is confirmed.
func (c *NodeCache) Assume(pod, node string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	info, ok := c.nodes[node]
	if !ok || info.free == 0 {
		return false
	}
	info.free--
	c.binder.Reserve(pod, node)
	return true
}

// Zone returns the zone of a node.
func (c *NodeCache) Zone(node string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if info, ok := c.nodes[node]; ok {
		return info.zone
	}
	return ""
}
