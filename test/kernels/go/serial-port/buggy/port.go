package kernel

import (
	"errors"
	"io"
	"sync"
	"time"
)

// ErrClosed is returned when the port is not open.
var ErrClosed = errors.New("port is closed")

// Line is the wire behind a port.
type Line interface {
	io.ReadWriteCloser
}

// Port reads frames from a line and counts them.
type Port struct {
	dial func() (Line, error)

	mu     sync.Mutex
	frames int
	line   Line
	done   chan struct{}
}

// NewPort returns a port that is not open.
func NewPort(dial func() (Line, error)) *Port {
	return &Port{dial: dial}
}

// Open dials and starts to read.
func (p *Port) Open() error {
	line, err := p.dial()
	if err != nil {
		return err
	}
	p.line = line
	p.done = make(chan struct{})
	go p.readLoop(p.done)
	return nil
}

func (p *Port) readLoop(done chan struct{}) {
	defer close(done)
	frame := make([]byte, 16)
	for {
		n, err := p.line.Read(frame)
		if err != nil {
			return
		}
		p.count(n)
	}
}

func (p *Port) count(n int) {
	if n == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.frames++
}

// Frames tells how many frames have come.
func (p *Port) Frames() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.frames
}

// Close hangs up and waits for the reader.
func (p *Port) Close() error {
	if p.line == nil {
		return ErrClosed
	}
	err := p.line.Close()
	p.line = nil
	<-p.done
	return err
}

type slowLine struct {
	quit chan struct{}
	once sync.Once
}

func (l *slowLine) Read(b []byte) (int, error) {
	select {
	case <-time.After(200 * time.Microsecond):
		return len(b), nil
	case <-l.quit:
		return 0, io.EOF
	}
}

func (l *slowLine) Write(b []byte) (int, error) { return len(b), nil }

func (l *slowLine) Close() error {
	l.once.Do(func() { close(l.quit) })
	return nil
}

// Run opens and closes a port a few times.
func Run() {
	port := NewPort(func() (Line, error) { return &slowLine{quit: make(chan struct{})}, nil })
	for i := 0; i < 5; i++ {
		if port.Open() != nil {
			return
		}
		time.Sleep(2 * time.Millisecond)
		_ = port.Frames()
		_ = port.Close()
	}
}
