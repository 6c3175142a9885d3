package kernel

import (
	"bytes"
	"errors"
	"sync"
	"time"
)

var errStreamClosed = errors.New("stream is closed")

type frameWriter interface {
	WriteFrame(p []byte) error
}

type slowWriter struct {
	mu    sync.Mutex
	buf   bytes.Buffer
	delay time.Duration
}

func (w *slowWriter) WriteFrame(p []byte) error {
	time.Sleep(w.delay)
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := w.buf.Write(p)
	return err
}

// Stream carries the output of a command to a client.
type Stream struct {
	out  frameWriter
	done chan struct{}

	mu      sync.Mutex
	pending [][]byte
	closed  bool
}

// NewStream returns an open stream.
func NewStream(out frameWriter) *Stream {
	return &Stream{out: out, done: make(chan struct{})}
}

// Write keeps a frame until the next flush.
func (s *Stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, errStreamClosed
	}
	s.pending = append(s.pending, append([]byte(nil), p...))
	return len(p), nil
}

// Flush writes what is pending.
func (s *Stream) Flush() error {
	s.mu.Lock()
	pending := s.pending
	s.pending = nil
	s.mu.Unlock()
	for _, p := range pending {
		if err := s.out.WriteFrame(p); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stream) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// Close flushes and closes; it may be called again.
func (s *Stream) Close() error {
	if s.isClosed() {
		return nil
	}
	err := s.Flush()
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	close(s.done)
	return err
}

// Done is closed with the stream.
func (s *Stream) Done() <-chan struct{} { return s.done }

// Session joins a stream with a command.
type Session struct {
	stream *Stream
	exited chan struct{}
	wg     sync.WaitGroup
}

// Serve runs command, and closes the stream at its end or when the client hangs up.
func (s *Session) Serve(command func(out *Stream), hangup <-chan struct{}) {
	s.wg.Add(2)
	go func() {
		defer s.wg.Done()
		defer close(s.exited)
		command(s.stream)
		_ = s.stream.Close()
	}()
	go func() {
		defer s.wg.Done()
		select {
		case <-hangup:
			_ = s.stream.Close()
		case <-s.exited:
		}
	}()
	<-s.stream.Done()
	s.wg.Wait()
}

// Run lets a client hang up just when the command ends.
func Run() {
	for i := 0; i < 10; i++ {
		hangup := make(chan struct{})
		s := &Session{stream: NewStream(&slowWriter{delay: 5 * time.Millisecond}), exited: make(chan struct{})}
		s.Serve(func(out *Stream) {
			_, _ = out.Write([]byte("one"))
			_, _ = out.Write([]byte("two"))
			close(hangup)
		}, hangup)
	}
}
