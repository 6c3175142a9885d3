package kernel

import (
	"errors"
	"sync"
	"time"
)

// ErrClosed is returned after Close.
var ErrClosed = errors.New("event log is closed")

// Event is something that happened.
type Event struct {
	Kind string
	At   time.Time
}

// Log writes events in the background.
type Log struct {
	write func(Event) error

	mu     sync.Mutex
	closed bool

	events  chan Event
	senders sync.WaitGroup
	done    chan struct{}
}

// NewLog returns a log that buffers so many events.
func NewLog(buffer int, write func(Event) error) *Log {
	l := &Log{
		write:  write,
		events: make(chan Event, buffer),
		done:   make(chan struct{}),
	}
	go l.drain()
	return l
}

func (l *Log) drain() {
	defer close(l.done)
	for event := range l.events {
		if err := l.write(event); err != nil {
			continue
		}
	}
}

func (l *Log) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.senders.Add(1)
	return true
}

// Emit logs an event.
func (l *Log) Emit(kind string) error {
	if !l.enter() {
		return ErrClosed
	}
	defer l.senders.Done()
	l.events <- Event{Kind: kind, At: time.Now()}
	return nil
}

// Close writes what is buffered and ends the log.
func (l *Log) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return ErrClosed
	}
	l.closed = true
	l.mu.Unlock()
	l.senders.Wait()
	close(l.events)
	<-l.done
	return nil
}
