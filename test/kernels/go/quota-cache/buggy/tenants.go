package kernel

import "sync"

type tenant struct {
	mu    sync.RWMutex
	used  int
	quota int
	cache *sizedCache
}

func newTenant(quota int) *tenant {
	t := &tenant{quota: quota}
	t.cache = newSizedCache(64, withDropped(t.reclaim))
	return t
}

func (t *tenant) reclaim(_ string, size int) {
	t.mu.Lock()
	t.used -= size
	t.mu.Unlock()
}

func (t *tenant) free() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.quota - t.used
}

func (t *tenant) store(key string, size int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.used+size > t.quota {
		return false
	}
	t.used += size
	t.cache.add(key, size)
	return true
}

// Run stores more than the cache keeps.
func Run() {
	t := newTenant(1024)
	for _, key := range []string{"a", "b", "c"} {
		if !t.store(key, 32) {
			return
		}
	}
	_ = t.free()
}
