package kernel

import "sync/atomic"

type backend interface {
	store(volume uint32, index uint64, data []byte) error
}

type memoryBackend struct {
	stored atomic.Int64
}

func (m *memoryBackend) store(_ uint32, _ uint64, data []byte) error {
	m.stored.Add(int64(len(data)))
	return nil
}

type writeback struct {
	cache    *chunkCache
	to       backend
	failures atomic.Int64
	pressure atomic.Int64
}

func newWriteback(capacity int, to backend) *writeback {
	w := &writeback{to: to}
	w.cache = newChunkCache(capacity, withEvict(w.evicted))
	return w
}

func (w *writeback) evicted(c *chunk) {
	if !c.dirty {
		return
	}
	if err := w.to.store(c.key.volume, c.key.index, c.data); err != nil {
		w.failures.Add(1)
		return
	}
	w.observe()
}

func (w *writeback) observe() {
	used, capacity := w.cache.usage()
	w.pressure.Store(int64(used * 100 / capacity))
}

// Run writes more chunks than the cache may hold.
func Run() {
	w := newWriteback(64, &memoryBackend{})
	for i := uint64(0); i < 10; i++ {
		w.cache.put(&chunk{key: chunkKey{1, i}, data: make([]byte, 16), dirty: i%3 == 0})
	}
	w.cache.get(chunkKey{1, 9})
}
