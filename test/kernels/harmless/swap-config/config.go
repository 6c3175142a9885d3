// Package swapconfig replaces a configuration that many read: what is read never changes.
package swapconfig

import (
	"sync"
	"sync/atomic"
)

// Config is not changed once it is stored.
type Config struct {
	Limits map[string]int
	Strict bool
}

// Holder holds the newest configuration.
type Holder struct {
	current atomic.Pointer[Config]
	writers sync.Mutex
	version int
}

// NewHolder holds an empty one.
func NewHolder() *Holder {
	h := &Holder{}
	h.current.Store(&Config{Limits: map[string]int{}})
	return h
}

// Limit reads without a lock.
func (h *Holder) Limit(name string) int { return h.current.Load().Limits[name] }

// Set stores a changed copy.
func (h *Holder) Set(name string, limit int) {
	h.writers.Lock()
	defer h.writers.Unlock()
	old := h.current.Load()
	next := &Config{Limits: make(map[string]int, len(old.Limits)+1), Strict: old.Strict}
	for key, value := range old.Limits {
		next.Limits[key] = value
	}
	next.Limits[name] = limit
	h.version++
	h.current.Store(next)
}

// Run reads and writes at once.
func Run() {
	h := NewHolder()
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(2)
		go func() { defer wg.Done(); h.Set("a", i) }()
		go func() { defer wg.Done(); _ = h.Limit("a") }()
	}
	wg.Wait()
}
