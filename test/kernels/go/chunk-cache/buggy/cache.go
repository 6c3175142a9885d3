package kernel

import (
	"container/list"
	"sync"
)

type chunkKey struct {
	volume uint32
	index  uint64
}

type chunk struct {
	key   chunkKey
	data  []byte
	dirty bool
}

type evictFunc func(c *chunk)

type chunkCache struct {
	mu       sync.Mutex
	capacity int
	used     int
	order    *list.List
	items    map[chunkKey]*list.Element
	onEvict  evictFunc
}

type option func(*chunkCache)

func withEvict(f evictFunc) option {
	return func(c *chunkCache) { c.onEvict = f }
}

func newChunkCache(capacity int, opts ...option) *chunkCache {
	c := &chunkCache{
		capacity: capacity,
		order:    list.New(),
		items:    make(map[chunkKey]*list.Element),
		onEvict:  func(*chunk) {},
	}
	for _, o := range opts {
		o(c)
	}
	return c
}

func (c *chunkCache) put(ch *chunk) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if el, ok := c.items[ch.key]; ok {
		c.used -= len(el.Value.(*chunk).data)
		el.Value = ch
		c.order.MoveToFront(el)
	} else {
		c.items[ch.key] = c.order.PushFront(ch)
	}
	c.used += len(ch.data)
	c.shrink()
}

func (c *chunkCache) shrink() {
	for c.used > c.capacity {
		el := c.order.Back()
		if el == nil {
			return
		}
		victim := c.order.Remove(el).(*chunk)
		delete(c.items, victim.key)
		c.used -= len(victim.data)
		c.onEvict(victim)
	}
}

func (c *chunkCache) get(k chunkKey) (*chunk, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	el, ok := c.items[k]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(el)
	return el.Value.(*chunk), true
}

func (c *chunkCache) usage() (used, capacity int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used, c.capacity
}
