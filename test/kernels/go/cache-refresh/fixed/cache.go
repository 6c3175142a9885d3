package kernel

import (
	"strconv"
	"sync"
	"time"
)

// Loader fetches a value by key.
type Loader func(key string) (string, error)

type entry struct {
	value   string
	expires time.Time
}

// Cache holds loaded values for a while.
type Cache struct {
	mu      sync.RWMutex
	entries map[string]entry
	load    Loader
	ttl     time.Duration
	misses  int
}

// NewCache returns an empty cache.
func NewCache(load Loader, ttl time.Duration) *Cache {
	return &Cache{entries: make(map[string]entry), load: load, ttl: ttl}
}

func (c *Cache) lookup(key string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.lookupLocked(key)
}

func (c *Cache) lookupLocked(key string) (string, bool) {
	found, ok := c.entries[key]
	if !ok || time.Now().After(found.expires) {
		return "", false
	}
	return found.value, true
}

// Get returns the value of a key, loaded where it must be.
func (c *Cache) Get(key string) (string, error) {
	if value, ok := c.lookup(key); ok {
		return value, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.misses++
	// Somebody may have loaded it meanwhile.
	if value, ok := c.lookupLocked(key); ok {
		return value, nil
	}
	value, err := c.load(key)
	if err != nil {
		return "", err
	}
	c.entries[key] = entry{value: value, expires: time.Now().Add(c.ttl)}
	return value, nil
}

// Run reads two keys through the cache.
func Run() {
	cache := NewCache(func(key string) (string, error) { return key + "!", nil }, time.Minute)
	for i := 0; i < 4; i++ {
		_, _ = cache.Get(strconv.Itoa(i % 2))
	}
}
