// Package warmcache fills a queue before its workers start, with as much room as there is to fill.
package warmcache

import "sync"

// Loader loads a key.
type Loader func(key string) string

// Cache loads what it is asked for.
type Cache struct {
	load Loader
	jobs chan string
	wg   sync.WaitGroup
	mu   sync.Mutex
	held map[string]string
}

// Open loads some keys at once.
func Open(load Loader, workers int, keys ...string) *Cache {
	c := &Cache{load: load, jobs: make(chan string, len(keys)), held: make(map[string]string, len(keys))}
	for _, key := range keys {
		c.jobs <- key
	}
	for i := 0; i < workers; i++ {
		c.wg.Add(1)
		go c.work()
	}
	return c
}

func (c *Cache) work() {
	defer c.wg.Done()
	for key := range c.jobs {
		value := c.load(key)
		c.mu.Lock()
		c.held[key] = value
		c.mu.Unlock()
	}
}

// Want asks for another key, which may have to wait.
func (c *Cache) Want(key string) { c.jobs <- key }

// Close waits for the workers.
func (c *Cache) Close() map[string]string {
	close(c.jobs)
	c.wg.Wait()
	return c.held
}

// Run loads some keys.
func Run() {
	c := Open(func(key string) string { return key + key }, 2, "a", "b", "c")
	c.Want("d")
	if len(c.Close()) != 4 {
		panic("a key is missing")
	}
	_ = Open(func(key string) string { return key }, 1).Close()
}
