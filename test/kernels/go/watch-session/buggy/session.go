package kernel

import (
	"context"
	"sync"
)

type stopFunc func(reason string)

type session struct {
	mu      sync.Mutex
	log     []string
	stop    stopFunc
	current *watchStream
}

func (s *session) note(what string) {
	s.mu.Lock()
	s.log = append(s.log, what)
	s.mu.Unlock()
}

func (s *session) wrap(cancel context.CancelFunc) stopFunc {
	return func(reason string) {
		s.note(reason)
		cancel()
	}
}

func (s *session) connect(ctx context.Context, addr string) {
	ctx, cancel := context.WithCancel(ctx)
	w := openWatch(ctx, addr, s.note)
	s.mu.Lock()
	s.current = w
	s.stop = s.wrap(cancel)
	s.mu.Unlock()
}

func (s *session) close() {
	s.mu.Lock()
	stop := s.stop
	s.stop = nil
	s.mu.Unlock()
	if stop != nil {
		stop("closed")
	}
}
