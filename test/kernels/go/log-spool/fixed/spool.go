package kernel

import (
	"sync"
	"time"
)

type record struct {
	Stream string
	Line   string
}

type ring struct {
	mu       sync.Mutex
	wait     *sync.Cond
	queue    []record
	maxBytes int
	size     int
	closed   bool
}

func newRing(maxBytes int) *ring {
	r := &ring{maxBytes: maxBytes}
	r.wait = sync.NewCond(&r.mu)
	return r
}

func (r *ring) enqueue(m record) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || r.size+len(m.Line) > r.maxBytes {
		return false
	}
	r.queue = append(r.queue, m)
	r.size += len(m.Line)
	r.wait.Signal()
	return true
}

func (r *ring) dequeue() (record, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.queue) == 0 && !r.closed {
		r.wait.Wait()
	}
	if len(r.queue) == 0 {
		return record{}, false
	}
	m := r.queue[0]
	r.queue = r.queue[1:]
	r.size -= len(m.Line)
	return m, true
}

func (r *ring) close() {
	r.mu.Lock()
	r.closed = true
	r.wait.Broadcast()
	r.mu.Unlock()
}

type sink interface {
	Write(record)
}

type countSink struct {
	mu sync.Mutex
	n  int
}

func (c *countSink) Write(record) {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

type shipper struct {
	buf     *ring
	out     sink
	workers sync.WaitGroup
}

func newShipper(n int, out sink) *shipper {
	s := &shipper{buf: newRing(1 << 10), out: out}
	for i := 0; i < n; i++ {
		s.workers.Add(1)
		go s.run()
	}
	return s
}

func (s *shipper) run() {
	defer s.workers.Done()
	for {
		m, ok := s.buf.dequeue()
		if !ok {
			return
		}
		s.out.Write(m)
	}
}

func (s *shipper) Close() {
	s.buf.close()
	s.workers.Wait()
}

// Run ships a few lines.
func Run() {
	s := newShipper(3, &countSink{})
	for _, l := range []string{"one", "two", "three", "four"} {
		s.buf.enqueue(record{"stdout", l})
	}
	time.Sleep(10 * time.Millisecond)
	s.Close()
}
