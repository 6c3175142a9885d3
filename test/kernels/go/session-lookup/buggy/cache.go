package kernel

import (
	"container/list"
	"sync"
)

// EvictFunc is told which key has left the cache.
type EvictFunc func(key string, value interface{})

type item struct {
	key   string
	value interface{}
}

// Cache keeps the entries that were used last.
type Cache struct {
	lock    sync.RWMutex
	limit   int
	order   *list.List
	entries map[string]*list.Element
	onEvict EvictFunc
}

// NewCache returns a cache for at most limit entries.
func NewCache(limit int, onEvict EvictFunc) *Cache {
	return &Cache{limit: limit, order: list.New(), entries: make(map[string]*list.Element), onEvict: onEvict}
}

// Add stores a value and may push out the oldest.
func (c *Cache) Add(key string, value interface{}) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if e, ok := c.entries[key]; ok {
		c.order.MoveToFront(e)
		e.Value.(*item).value = value
		return
	}
	c.entries[key] = c.order.PushFront(&item{key, value})
	if c.order.Len() > c.limit {
		c.removeElement(c.order.Back())
	}
}

func (c *Cache) removeElement(e *list.Element) {
	it := c.order.Remove(e).(*item)
	delete(c.entries, it.key)
	if c.onEvict != nil {
		c.onEvict(it.key, it.value)
	}
}

// Contains tells whether a key is there.
func (c *Cache) Contains(key string) bool {
	c.lock.RLock()
	defer c.lock.RUnlock()
	_, ok := c.entries[key]
	return ok
}

// Keys lists the keys, newest first.
func (c *Cache) Keys() []string {
	c.lock.RLock()
	defer c.lock.RUnlock()
	keys := make([]string, 0, c.order.Len())
	for e := c.order.Front(); e != nil; e = e.Next() {
		keys = append(keys, e.Value.(*item).key)
	}
	return keys
}
