package kernel

import "sync"

type tier struct {
	cache *lruCache
	mu    sync.Mutex
	spill []string
	peak  int
}

func newTier(limit int) *tier {
	t := &tier{cache: newLRUCache(limit)}
	t.cache.onEvict = t.spillItem
	return t
}

func (t *tier) spillItem(it item) {
	used := t.cache.usage()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spill = append(t.spill, it.key)
	if used > t.peak {
		t.peak = used
	}
}

// Run fills a tier from two goroutines.
func Run() {
	t := newTier(10)
	var wg sync.WaitGroup
	for _, p := range []string{"a", "b"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 20; i++ {
				t.cache.put(item{p, 3})
			}
		}()
	}
	wg.Wait()
}
