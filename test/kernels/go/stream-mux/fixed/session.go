package kernel

import (
	"errors"
	"sync"
)

var errSessionClosed = errors.New("session closed")

type muxSession struct {
	mu      sync.Mutex
	streams map[uint32]*muxStream
	nextID  uint32
	closed  bool
}

func newMuxSession() *muxSession {
	return &muxSession{streams: map[uint32]*muxStream{}}
}

func (s *muxSession) open() (*muxStream, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errSessionClosed
	}
	s.nextID += 2
	st := newMuxStream(s.nextID, s.forget)
	s.streams[st.id] = st
	return st, nil
}

func (s *muxSession) forget(id uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.streams, id)
}

func (s *muxSession) deliver(id uint32, p []byte) {
	s.mu.Lock()
	st := s.streams[id]
	s.mu.Unlock()
	if st != nil {
		st.push(p)
	}
}

func (s *muxSession) terminate() {
	s.mu.Lock()
	s.closed = true
	all := make([]*muxStream, 0, len(s.streams))
	for _, st := range s.streams {
		all = append(all, st)
	}
	s.mu.Unlock()
	for _, st := range all {
		st.abort()
	}
}
