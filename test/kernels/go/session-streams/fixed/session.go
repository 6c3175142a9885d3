package kernel

import (
	"errors"
	"sync"
)

var errReset = errors.New("stream reset")

type session struct {
	streamLock sync.Mutex
	streams    map[uint32]*stream
	nextID     uint32
	isClosed   bool
}

func newSession() *session {
	return &session{streams: make(map[uint32]*stream)}
}

func (s *session) open() (*stream, error) {
	s.streamLock.Lock()
	defer s.streamLock.Unlock()
	if s.isClosed {
		return nil, errReset
	}
	s.nextID++
	st := &stream{id: s.nextID, session: s, window: 64}
	s.streams[st.id] = st
	return st, nil
}

func (s *session) remove(id uint32) {
	s.streamLock.Lock()
	defer s.streamLock.Unlock()
	delete(s.streams, id)
}

// close resets all streams that are open.
func (s *session) close() error {
	s.streamLock.Lock()
	if s.isClosed {
		s.streamLock.Unlock()
		return nil
	}
	s.isClosed = true
	open := s.streams
	s.streams = make(map[uint32]*stream)
	s.streamLock.Unlock()
	for _, st := range open {
		st.abort(errReset)
	}
	return nil
}
