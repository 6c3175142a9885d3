package kernel

import (
	"container/list"
	"sync"
)

type entry struct {
	key  string
	size int
}

type sizedCache struct {
	mu      sync.Mutex
	order   *list.List
	byKey   map[string]*list.Element
	size    int
	limit   int
	dropped func(key string, size int)
}

type cacheOption func(*sizedCache)

func withDropped(f func(key string, size int)) cacheOption {
	return func(c *sizedCache) { c.dropped = f }
}

func newSizedCache(limit int, options ...cacheOption) *sizedCache {
	c := &sizedCache{
		order:   list.New(),
		byKey:   map[string]*list.Element{},
		limit:   limit,
		dropped: func(string, int) {},
	}
	for _, option := range options {
		option(c)
	}
	return c
}

func (c *sizedCache) add(key string, size int) {
	c.mu.Lock()
	c.byKey[key] = c.order.PushFront(entry{key, size})
	c.size += size
	var gone []entry
	for c.size > c.limit {
		last := c.order.Back()
		old := c.order.Remove(last).(entry)
		delete(c.byKey, old.key)
		c.size -= old.size
		gone = append(gone, old)
	}
	c.mu.Unlock()
	for _, old := range gone {
		c.dropped(old.key, old.size)
	}
}
