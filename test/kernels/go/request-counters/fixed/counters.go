package kernel

import (
	"sync"
	"sync/atomic"
)

type counter struct {
	n uint64
}

func (c *counter) inc() { atomic.AddUint64(&c.n, 1) }

func (c *counter) value() uint64 { return atomic.LoadUint64(&c.n) }

type scope struct {
	name     string
	mu       sync.Mutex
	counters map[string]*counter
}

func newScope(name string) *scope {
	return &scope{name: name, counters: make(map[string]*counter)}
}

func (s *scope) counter(name string) *counter {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.counters[name]
	if !ok {
		c = &counter{}
		s.counters[name] = c
	}
	return c
}

func (s *scope) total() (n uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.counters {
		n += c.value()
	}
	return n
}
