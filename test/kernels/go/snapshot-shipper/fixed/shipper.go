package kernel

import (
	"errors"
	"sync"
	"time"
)

var errClosed = errors.New("shipper is closed")

// Snapshot is a picture of the counters.
type Snapshot struct {
	Taken  time.Time
	Values map[string]int
}

// Sink stores snapshots somewhere else.
type Sink interface {
	Store(Snapshot) error
}

// SinkFunc makes a Sink of a function.
type SinkFunc func(Snapshot) error

// Store implements Sink.
func (f SinkFunc) Store(s Snapshot) error { return f(s) }

// Shipper counts things and ships the counts to a sink.
type Shipper struct {
	sink Sink

	mu     sync.Mutex
	values map[string]int
	closed bool

	out  chan Snapshot
	quit chan struct{}
	done chan struct{}
}

// NewShipper starts shipping to a sink.
func NewShipper(sink Sink) *Shipper {
	s := &Shipper{
		sink:   sink,
		values: make(map[string]int),
		out:    make(chan Snapshot),
		quit:   make(chan struct{}),
		done:   make(chan struct{}),
	}
	go s.ship()
	return s
}

func (s *Shipper) ship() {
	defer close(s.done)
	for {
		select {
		case snapshot := <-s.out:
			if err := s.sink.Store(snapshot); err != nil {
				return
			}
		case <-s.quit:
			return
		}
	}
}

// Add counts something.
func (s *Shipper) Add(name string, n int) {
	s.mu.Lock()
	s.values[name] += n
	s.mu.Unlock()
}

// Flush hands the present counts to the sink.
func (s *Shipper) Flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	values := make(map[string]int, len(s.values))
	for name, n := range s.values {
		values[name] = n
	}
	select {
	case s.out <- Snapshot{Taken: time.Now(), Values: values}:
		return nil
	case <-s.done:
		return errClosed
	case <-s.quit:
		return errClosed
	}
}

// Close stops shipping.
func (s *Shipper) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errClosed
	}
	s.closed = true
	close(s.quit)
	s.mu.Unlock()
	<-s.done
	return nil
}

// Run ships to a sink that is soon full.
func Run() {
	room := 2
	shipper := NewShipper(SinkFunc(func(Snapshot) error {
		if room--; room == 0 {
			return errors.New("sink is full")
		}
		return nil
	}))
	flushed := make(chan struct{})
	go func() {
		defer close(flushed)
		for i := 0; i < 5; i++ {
			shipper.Add("hits", i)
			if shipper.Flush() != nil {
				return
			}
		}
	}()
	time.Sleep(20 * time.Millisecond)
	_ = shipper.Close()
	<-flushed
}
