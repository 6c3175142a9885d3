package kernel

import (
	"context"
	"sync"
	"time"
)

type keyStore interface {
	Put(ctx context.Context, key string, ttl time.Duration) error
	Delete(ctx context.Context, key string) error
}

type locker struct {
	base  context.Context
	store keyStore
	ttl   time.Duration
}

type heldLock struct {
	key    string
	cancel context.CancelFunc
	store  keyStore
	lost   chan struct{}
}

func newLocker(base context.Context, s keyStore, ttl time.Duration) *locker {
	return &locker{base: base, store: s, ttl: ttl}
}

// obtain takes the lock, and renews it until it is released.
func (l *locker) obtain(ctx context.Context, key string) (*heldLock, error) {
	if err := l.store.Put(ctx, key, l.ttl); err != nil {
		return nil, err
	}
	renewal, cancel := context.WithCancel(l.base)
	h := &heldLock{key: key, cancel: cancel, store: l.store, lost: make(chan struct{})}
	go l.renew(renewal, h)
	return h, nil
}

func (l *locker) renew(ctx context.Context, h *heldLock) {
	defer close(h.lost)
	failures := 0
	for l.pause(ctx) {
		if err := l.put(ctx, h.key); err != nil && ctx.Err() == nil {
			if failures++; failures > 3 {
				return
			}
			continue
		}
		failures = 0
	}
}

func (l *locker) pause(ctx context.Context) bool {
	t := time.NewTimer(l.ttl / 3)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *locker) put(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, l.ttl/2)
	defer cancel()
	return l.store.Put(ctx, key, l.ttl)
}

func (h *heldLock) release(ctx context.Context) error {
	h.cancel()
	return h.store.Delete(ctx, h.key)
}

type memoryStore struct {
	mu   sync.Mutex
	keys map[string]time.Time
}

func (m *memoryStore) Put(ctx context.Context, key string, ttl time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keys[key] = time.Now().Add(ttl)
	return nil
}

func (m *memoryStore) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.keys, key)
	return nil
}

// Run holds a lock for a while.
func Run() {
	l := newLocker(context.Background(), &memoryStore{keys: map[string]time.Time{}}, 6*time.Millisecond)
	h, err := l.obtain(context.Background(), "leader")
	if err != nil {
		return
	}
	time.Sleep(5 * time.Millisecond)
	_ = h.release(context.Background())
}
