package kernel

import (
	"errors"
	"io"
	"sync"
)

// Session joins two ends of a tunnel.
type Session struct {
	near, far io.ReadWriteCloser
	errc      chan error
	closed    chan struct{}
	once      sync.Once
	copied    int64
}

// NewSession returns a session that is not started.
func NewSession(near, far io.ReadWriteCloser) *Session {
	return &Session{
		near:   near,
		far:    far,
		errc:   make(chan error),
		closed: make(chan struct{}),
	}
}

// Start copies in the background.
func (s *Session) Start() {
	go s.pump(s.near, s.far)
	go s.pump(s.far, s.near)
}

func (s *Session) pump(dst io.Writer, src io.Reader) {
	_, err := io.Copy(dst, src)
	s.report(err)
}

func (s *Session) report(err error) {
	if err == nil {
		err = io.EOF
	}
	s.errc <- err
}

// Close tears both ends down.
func (s *Session) Close() error {
	var err error
	s.once.Do(func() {
		close(s.closed)
		err = errors.Join(s.near.Close(), s.far.Close())
	})
	return err
}
