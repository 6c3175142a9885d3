package kernel

import "sync"

type item struct {
	key  string
	size int
}

type lruCache struct {
	mu      sync.Mutex
	items   []item
	used    int
	limit   int
	onEvict func(item)
}

func newLRUCache(limit int) *lruCache { return &lruCache{limit: limit} }

func (c *lruCache) usage() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used
}

func (c *lruCache) put(it item) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items = append(c.items, it)
	c.used += it.size
	for c.used > c.limit && len(c.items) > 1 {
		c.evictOldest()
	}
}

// evictOldest is called with mu held and returns with it held.
func (c *lruCache) evictOldest() {
	old := c.items[0]
	c.items = c.items[1:]
	c.used -= old.size
	if f := c.onEvict; f != nil {
		c.mu.Unlock()
		defer c.mu.Lock()
		f(old)
	}
}
