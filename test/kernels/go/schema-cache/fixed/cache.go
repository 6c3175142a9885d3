package kernel

import (
	"errors"
	"sync"
)

var errNotFound = errors.New("schema not found")

type loader[K comparable, V any] func(K) (V, error)

type cached[V any] struct {
	value V
	uses  int
}

type readThrough[K comparable, V any] struct {
	sync.RWMutex
	load    loader[K, V]
	entries map[K]*cached[V]
	missing map[K]struct{}
}

func newReadThrough[K comparable, V any](load loader[K, V]) *readThrough[K, V] {
	return &readThrough[K, V]{
		load:    load,
		entries: make(map[K]*cached[V]),
		missing: make(map[K]struct{}),
	}
}

func (c *readThrough[K, V]) Get(k K) (V, error) {
	if v, ok := c.peek(k); ok {
		return v, nil
	}
	return c.fill(k)
}

func (c *readThrough[K, V]) peek(k K) (v V, ok bool) {
	c.RLock()
	defer c.RUnlock()
	e, ok := c.entries[k]
	if !ok {
		return v, false
	}
	return e.value, true
}

func (c *readThrough[K, V]) fill(k K) (V, error) {
	v, err := c.load(k)
	if errors.Is(err, errNotFound) {
		c.remember(k)
		return v, err
	}
	if err != nil {
		return v, err
	}
	c.store(k, v)
	return v, nil
}

func (c *readThrough[K, V]) store(k K, v V) {
	c.Lock()
	defer c.Unlock()
	if e, ok := c.entries[k]; ok {
		e.uses++
		return
	}
	c.entries[k] = &cached[V]{value: v, uses: 1}
}

func (c *readThrough[K, V]) remember(k K) {
	c.Lock()
	c.missing[k] = struct{}{}
	c.Unlock()
}
