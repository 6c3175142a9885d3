package kernel

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

var errDown = errors.New("link: down")

type packet struct {
	seq  uint32
	data []byte
}

// Link writes packets in order, from one goroutine.
type Link struct {
	w        io.Writer
	outgoing chan packet
	seq      atomic.Uint32
	down     atomic.Bool
	written  sync.WaitGroup
	mu       sync.RWMutex
}

// NewLink starts the writer.
func NewLink(w io.Writer) *Link {
	l := &Link{w: w, outgoing: make(chan packet, 1)}
	l.written.Add(1)
	go l.writer()
	return l
}

func (l *Link) writer() {
	defer l.written.Done()
	for p := range l.outgoing {
		if _, err := l.w.Write(p.data); err != nil {
			l.down.Store(true)
		}
	}
}

// Send queues a packet.
func (l *Link) Send(data []byte) error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.down.Load() {
		return errDown
	}
	l.outgoing <- packet{l.seq.Add(1), data}
	return nil
}

// Close lets the writer finish what is queued.
func (l *Link) Close() error {
	l.mu.Lock()
	if l.down.Swap(true) {
		l.mu.Unlock()
		return errDown
	}
	close(l.outgoing)
	l.mu.Unlock()
	l.written.Wait()
	return nil
}
