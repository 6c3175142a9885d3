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
	if old := c.insert(key, value); old != nil && c.onEvict != nil {
		c.onEvict(old.key, old.value)
	}
}

func (c *Cache) insert(key string, value interface{}) *item {
	c.lock.Lock()
	defer c.lock.Unlock()
	if e, ok := c.entries[key]; ok {
		c.order.MoveToFront(e)
		e.Value.(*item).value = value
		return nil
	}
	c.entries[key] = c.order.PushFront(&item{key, value})
	if c.order.Len() > c.limit {
		return c.removeElement(c.order.Back())
	}
	return nil
}

func (c *Cache) removeElement(e *list.Element) *item {
	it := c.order.Remove(e).(*item)
	delete(c.entries, it.key)
	return it
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
