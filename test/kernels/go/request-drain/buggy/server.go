package kernel

import (
	"sync"
	"sync/atomic"
	"time"
)

type handler func(req string) int

type listener interface {
	accept() (string, bool)
}

type drainServer struct {
	ln       listener
	handle   handler
	inflight sync.WaitGroup
	served   atomic.Int64
	accepted chan struct{}
}

func newDrainServer(ln listener, h handler) *drainServer {
	s := &drainServer{ln: ln, handle: h, accepted: make(chan struct{})}
	go s.acceptLoop()
	return s
}

func (s *drainServer) acceptLoop() {
	defer close(s.accepted)
	for {
		req, ok := s.ln.accept()
		if !ok {
			return
		}
		s.dispatch(req)
	}
}

func (s *drainServer) dispatch(req string) {
	s.inflight.Add(1)
	go func() {
		defer s.inflight.Done()
		s.served.Add(int64(s.handle(req)))
	}()
}

func (s *drainServer) shutdown() int64 {
	s.inflight.Wait()
	n := s.served.Load()
	<-s.accepted
	return n
}

type memListener struct {
	reqs chan string
}

func (m *memListener) accept() (string, bool) {
	r, ok := <-m.reqs
	return r, ok
}

// Run serves a few requests while the server shuts down.
func Run() {
	ln := &memListener{reqs: make(chan string)}
	s := newDrainServer(ln, func(req string) int {
		time.Sleep(8 * time.Millisecond)
		return len(req)
	})
	go func() {
		for _, r := range []string{"a", "bb", "ccc"} {
			ln.reqs <- r
			time.Sleep(2 * time.Millisecond)
		}
		close(ln.reqs)
	}()
	time.Sleep(3 * time.Millisecond)
	s.shutdown()
}
