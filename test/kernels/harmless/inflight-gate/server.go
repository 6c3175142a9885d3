package kernel

import (
	"sync/atomic"
	"time"
)

type gateServer struct {
	gate   inflightGate
	served int64
	refuse int64
	reqs   chan int
	loop   chan struct{}
}

func newGateServer() *gateServer {
	s := &gateServer{reqs: make(chan int), loop: make(chan struct{})}
	go s.accept()
	return s
}

func (s *gateServer) accept() {
	defer close(s.loop)
	for n := range s.reqs {
		if !s.gate.enter() {
			s.refuse++
			continue
		}
		go s.handle(n)
	}
}

func (s *gateServer) handle(n int) {
	defer s.gate.leave()
	time.Sleep(time.Millisecond)
	atomic.AddInt64(&s.served, int64(n))
}

func (s *gateServer) totals() (int64, int64) {
	<-s.loop
	return s.served, s.refuse
}

// Run shuts the gate while requests come in.
func Run() {
	s := newGateServer()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for i := 0; i < 10; i++ {
			s.reqs <- i
			time.Sleep(time.Millisecond)
		}
	}()
	time.Sleep(4 * time.Millisecond)
	s.gate.shut()
	<-sent
	close(s.reqs)
	s.totals()
}
