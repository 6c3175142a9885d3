package kernel

import (
	"fmt"
	"sync"
	"time"
)

type logger interface {
	Logf(format string, args ...interface{})
}

type discard struct{}

func (discard) Logf(string, ...interface{}) {}

// Syncer copies keys from one map to another from time to time.
type Syncer struct {
	log     logger
	period  time.Duration
	latency time.Duration
	stopc   chan struct{}
	donec   chan struct{}

	mu   sync.Mutex
	from map[string]string
	to   map[string]string
}

// NewSyncer starts a syncer.
func NewSyncer(log logger, period time.Duration, from map[string]string) *Syncer {
	if log == nil {
		log = discard{}
	}
	s := &Syncer{
		log:     log,
		period:  period,
		latency: time.Millisecond,
		stopc:   make(chan struct{}),
		donec:   make(chan struct{}),
		from:    from,
		to:      make(map[string]string),
	}
	go s.run()
	return s
}

func (s *Syncer) run() {
	defer close(s.donec)
	for {
		select {
		case <-time.After(s.period):
			n := s.syncOnce()
			s.log.Logf("synced %d keys", n)
		case <-s.stopc:
			n := s.syncOnce()
			s.log.Logf("synced %d keys at the end", n)
			return
		}
	}
}

func (s *Syncer) syncOnce() int {
	time.Sleep(s.latency)
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for k, v := range s.from {
		if s.to[k] != v {
			s.to[k] = v
			n++
		}
	}
	return n
}

// Get reads a copied key.
func (s *Syncer) Get(key string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.to[key]
	if !ok {
		return "", fmt.Errorf("no key %q", key)
	}
	return v, nil
}

// Stop tells the syncer to end.
func (s *Syncer) Stop() {
	close(s.stopc)
}
