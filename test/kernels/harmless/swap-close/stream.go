package kernel

import "sync"

type chunkStream struct {
	mu   sync.Mutex
	sink chan []byte
	n    int
}

func newChunkStream() *chunkStream { return &chunkStream{sink: make(chan []byte, 8)} }

func (s *chunkStream) detach() chan []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.sink
	s.sink = nil
	return c
}

func (s *chunkStream) fail(error) {
	if c := s.detach(); c != nil {
		close(c)
	}
}

func (s *chunkStream) finish() {
	if c := s.detach(); c != nil {
		close(c)
	}
}

func (s *chunkStream) offer(p []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sink == nil {
		return false
	}
	select {
	case s.sink <- p:
		s.n++
		return true
	default:
		return false
	}
}

func (s *chunkStream) chunks() <-chan []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sink
}
