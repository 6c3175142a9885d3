package kernel

import (
	"errors"
	"io"
	"sync"
	"time"
)

var errSessionClosed = errors.New("session closed")

type frame struct {
	stream uint32
	data   []byte
}

type conn interface {
	ReadFrame() (frame, error)
	Close() error
}

type session struct {
	conn   conn
	frames chan frame
	closed chan struct{}

	mu       sync.Mutex
	shutdown bool
	err      error
}

func newSession(c conn) *session {
	s := &session{conn: c, frames: make(chan frame, 4), closed: make(chan struct{})}
	go s.receive()
	return s
}

func (s *session) receive() {
	for {
		f, err := s.conn.ReadFrame()
		if err != nil {
			s.fail(err)
			return
		}
		select {
		case s.frames <- f:
		case <-s.closed:
			return
		}
	}
}

func (s *session) fail(err error) {
	s.mu.Lock()
	if s.err == nil {
		s.err = err
	}
	s.mu.Unlock()
	s.teardown()
}

func (s *session) teardown() {
	_ = s.conn.Close()
	close(s.closed)
}

// Close ends the session; further calls do nothing.
func (s *session) Close() error {
	s.mu.Lock()
	if s.shutdown {
		s.mu.Unlock()
		return nil
	}
	s.shutdown = true
	s.mu.Unlock()
	s.teardown()
	return nil
}

func (s *session) next() (frame, error) {
	select {
	case f := <-s.frames:
		return f, nil
	case <-s.closed:
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.err != nil && s.err != io.EOF {
			return frame{}, s.err
		}
		return frame{}, errSessionClosed
	}
}

type scriptedConn struct {
	left int
	once sync.Once
	gone chan struct{}
}

func (c *scriptedConn) ReadFrame() (frame, error) {
	if c.left == 0 {
		<-c.gone
		return frame{}, io.EOF
	}
	c.left--
	return frame{stream: uint32(c.left)}, nil
}

func (c *scriptedConn) Close() error {
	c.once.Do(func() { close(c.gone) })
	return nil
}

// Run reads two frames and closes the session.
func Run() {
	s := newSession(&scriptedConn{left: 2, gone: make(chan struct{})})
	defer s.Close()
	for i := 0; i < 2; i++ {
		if _, err := s.next(); err != nil {
			panic(err)
		}
	}
	_ = s.Close()
	time.Sleep(2 * time.Millisecond)
}
