package kernel

import (
	"bytes"
	"io"
	"time"
)

// File is what can be followed.
type File interface {
	io.Reader
	io.Closer
	Size() int64
}

// Tail follows a growing file.
type Tail struct {
	file     File
	interval time.Duration
	fromEnd  bool

	lines chan string
	quit  chan struct{}
	done  chan struct{}
}

// Follow starts following a file.
func Follow(file File, options ...Option) *Tail {
	t := &Tail{
		file:     file,
		interval: 250 * time.Millisecond,
		lines:    make(chan string, 16),
		quit:     make(chan struct{}),
		done:     make(chan struct{}),
	}
	for _, option := range options {
		option(t)
	}
	go t.loop()
	return t
}

func (t *Tail) loop() {
	defer close(t.done)
	defer close(t.lines)
	if t.fromEnd {
		_, _ = io.CopyN(io.Discard, t.file, t.file.Size())
	}
	ticker := time.NewTicker(t.interval)
	defer ticker.Stop()
	var rest []byte
	for {
		rest = t.read(rest)
		select {
		case <-ticker.C:
		case <-t.quit:
			t.read(rest)
			return
		}
	}
}

func (t *Tail) read(rest []byte) []byte {
	more, _ := io.ReadAll(t.file)
	rest = append(rest, more...)
	for {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			return rest
		}
		select {
		case t.lines <- string(rest[:end]):
		default:
		}
		rest = rest[end+1:]
	}
}

// Lines is where lines arrive.
func (t *Tail) Lines() <-chan string { return t.lines }

// Close stops following and closes the file.
func (t *Tail) Close() error {
	close(t.quit)
	<-t.done
	return t.file.Close()
}
