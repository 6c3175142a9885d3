package kernel

import (
	"errors"
	"sync"
)

var errTooLong = errors.New("message too long")

type quota struct {
	c chan int

	mu sync.Mutex
	n  int
}

func newQuota(n int) *quota {
	q := &quota{c: make(chan int, 1)}
	q.add(n)
	return q
}

func (q *quota) add(v int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	select {
	case n := <-q.c:
		q.n = n
	default:
		q.n = 0
	}
	if q.n += v; q.n > 0 {
		q.c <- q.n
	}
}

func (q *quota) acquire() <-chan int { return q.c }

type conn struct {
	mu      sync.Mutex
	window  *quota
	streams map[int]*stream
	wire    chan []byte
}

type stream struct {
	id   int
	sent int
	c    *conn
}

func newConn(window int) *conn {
	return &conn{window: newQuota(window), streams: make(map[int]*stream), wire: make(chan []byte, 64)}
}

func (c *conn) newStream(id int) *stream {
	s := &stream{id: id, c: c}
	c.mu.Lock()
	c.streams[id] = s
	c.mu.Unlock()
	return s
}

func (c *conn) take(want int) int {
	got := <-c.window.acquire()
	if got > want {
		c.window.add(got - want)
		got = want
	}
	return got
}

func (c *conn) windowUpdate(id, n int) {
	c.mu.Lock()
	_, ok := c.streams[id]
	c.mu.Unlock()
	if ok {
		c.window.add(n)
	}
}

func (s *stream) write(p []byte) error {
	if len(p) > 1<<10 {
		return errTooLong
	}
	for len(p) > 0 {
		p = p[s.flush(p):]
	}
	return nil
}

func (s *stream) flush(p []byte) int {
	n := s.c.take(len(p))
	s.c.mu.Lock()
	s.sent += n
	s.c.mu.Unlock()
	s.c.wire <- p[:n]
	return n
}

type peer struct {
	c *conn
}

func (p *peer) read(id int) {
	for b := range p.c.wire {
		p.c.windowUpdate(id, len(b))
	}
}

// Run writes more than one window.
func Run() {
	c := newConn(16)
	s := c.newStream(1)
	p := &peer{c}
	go p.read(s.id)
	for i := 0; i < 4; i++ {
		_ = s.write(make([]byte, 40))
	}
	close(c.wire)
}
