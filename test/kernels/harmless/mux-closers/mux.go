package kernel

import (
	"errors"
	"io"
	"sync"
)

var errGone = errors.New("mux: gone")

type muxStream struct {
	id   int
	in   chan []byte
	dead chan struct{}
	once sync.Once
}

func (s *muxStream) Close() error {
	s.once.Do(func() { close(s.dead) })
	return nil
}

func (s *muxStream) push(p []byte) error {
	select {
	case s.in <- p:
		return nil
	case <-s.dead:
		return errGone
	}
}

func (s *muxStream) pull() ([]byte, error) {
	select {
	case p := <-s.in:
		return p, nil
	case <-s.dead:
		return nil, io.EOF
	}
}

type mux struct {
	mu      sync.Mutex
	streams map[int]*muxStream
	closed  bool
	done    chan struct{}
}

func newMux() *mux { return &mux{streams: make(map[int]*muxStream), done: make(chan struct{})} }

func (m *mux) open(id int) (*muxStream, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, errGone
	}
	s := &muxStream{id: id, in: make(chan []byte), dead: make(chan struct{})}
	m.streams[id] = s
	return s, nil
}

func (m *mux) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return errGone
	}
	m.closed = true
	for _, s := range m.streams {
		s.Close()
	}
	close(m.done)
	return nil
}

func pump(s *muxStream, n int) {
	defer s.Close()
	for i := 0; i < n; i++ {
		if s.push([]byte{byte(i)}) != nil {
			return
		}
	}
}

func drain(c io.Closer, s *muxStream) {
	defer c.Close()
	for {
		if _, err := s.pull(); err != nil {
			return
		}
	}
}

// Run closes a mux from several sides.
func Run() {
	m := newMux()
	var wg sync.WaitGroup
	for id := 0; id < 3; id++ {
		s, err := m.open(id)
		if err != nil {
			break
		}
		wg.Add(2)
		go func() {
			defer wg.Done()
			pump(s, 5)
		}()
		go func() {
			defer wg.Done()
			drain(m, s)
		}()
	}
	<-m.done
	_ = m.Close()
	wg.Wait()
}
