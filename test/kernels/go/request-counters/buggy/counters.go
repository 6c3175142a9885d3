package kernel

import "sync/atomic"

type counter struct {
	n uint64
}

func (c *counter) inc() { atomic.AddUint64(&c.n, 1) }

func (c *counter) value() uint64 { return atomic.LoadUint64(&c.n) }

type scope struct {
	name     string
	counters map[string]*counter
}

func newScope(name string) *scope {
	return &scope{name: name, counters: make(map[string]*counter)}
}

func (s *scope) counter(name string) *counter {
	c, ok := s.counters[name]
	if !ok {
		c = &counter{}
		s.counters[name] = c
	}
	return c
}

func (s *scope) total() (n uint64) {
	for _, c := range s.counters {
		n += c.value()
	}
	return n
}
