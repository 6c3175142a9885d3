package kernel

import (
	"container/list"
	"sync"
)

type pageRef struct {
	file   string
	number int
}

type pinned struct {
	ref  pageRef
	data []byte
	pins int
}

type evictHook func(ref pageRef, data []byte)

type pageCache struct {
	mu    sync.Mutex
	max   int
	order *list.List
	index map[pageRef]*list.Element
	hooks []evictHook
}

func newPageCache(max int) *pageCache {
	return &pageCache{max: max, order: list.New(), index: map[pageRef]*list.Element{}}
}

func (c *pageCache) onEvict(h evictHook) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hooks = append(c.hooks, h)
}

func (c *pageCache) put(ref pageRef, data []byte) {
	c.mu.Lock()
	if el, ok := c.index[ref]; ok {
		el.Value.(*pinned).data = data
		c.mu.Unlock()
		return
	}
	c.index[ref] = c.order.PushFront(&pinned{ref: ref, data: data})
	victims := c.overflow()
	hooks := c.hooks
	c.mu.Unlock()
	for _, v := range victims {
		for _, h := range hooks {
			h(v.ref, v.data)
		}
	}
}

func (c *pageCache) overflow() []*pinned {
	var victims []*pinned
	for el := c.order.Back(); el != nil && c.order.Len() > c.max; {
		previous := el.Prev()
		if p := el.Value.(*pinned); p.pins == 0 {
			c.order.Remove(el)
			delete(c.index, p.ref)
			victims = append(victims, p)
		}
		el = previous
	}
	return victims
}

func (c *pageCache) pin(ref pageRef) (unpin func(), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	el, ok := c.index[ref]
	if !ok {
		return nil, false
	}
	p := el.Value.(*pinned)
	p.pins++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		p.pins--
	}, true
}

func (c *pageCache) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}

// Run evicts pages with hooks that ask the cache.
func Run() {
	c := newPageCache(3)
	seen := 0
	c.onEvict(func(ref pageRef, _ []byte) {
		if unpin, ok := c.pin(ref); ok {
			defer unpin()
		}
		seen += c.size()
	})
	for i := 0; i < 10; i++ {
		c.put(pageRef{"base", i}, nil)
	}
}
