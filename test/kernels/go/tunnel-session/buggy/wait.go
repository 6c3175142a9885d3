package kernel

import (
	"errors"
	"io"
	"net"
	"time"
)

// Wait blocks until either side has ended or the session was closed.
func (s *Session) Wait() error {
	select {
	case err := <-s.errc:
		_ = s.Close()
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	case <-s.closed:
		return net.ErrClosed
	}
}

// Run opens a tunnel, sends a line through and hangs up.
func Run() {
	client, near := net.Pipe()
	far, server := net.Pipe()
	session := NewSession(near, far)
	session.Start()
	go func() {
		_, _ = client.Write([]byte("hello\n"))
		time.Sleep(time.Millisecond)
		_ = client.Close()
	}()
	line := make([]byte, 6)
	_, _ = io.ReadFull(server, line)
	_ = session.Wait()
	_ = server.Close()
}
