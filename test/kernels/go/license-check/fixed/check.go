package kernel

import (
	"errors"
	"sync"
	"time"
)

// Notice says that a license has changed.
type Notice struct{ Valid bool }

// Source tells when a license changes.
type Source struct {
	mu      sync.Mutex
	waiting []chan Notice
}

// Once returns a channel that gets the next notice.
func (s *Source) Once() <-chan Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan Notice, 1)
	s.waiting = append(s.waiting, c)
	return c
}

// Tell passes a notice to all who wait.
func (s *Source) Tell(n Notice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.waiting {
		c <- n
	}
	s.waiting = nil
}

// Feature is on as long as its license is valid.
type Feature struct {
	mu     sync.Mutex
	on     bool
	source *Source
	stop   chan struct{}
}

// ErrOff is returned while a feature is off.
var ErrOff = errors.New("feature is off")

// Enable switches a feature on, and off again with its license.
func Enable(source *Source) *Feature {
	f := &Feature{on: true, source: source, stop: make(chan struct{})}
	changed := source.Once()
	go func() {
		select {
		case notice := <-changed:
			f.set(notice.Valid)
		case <-f.stop:
		}
	}()
	return f
}

func (f *Feature) set(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.on = on
}

// Use fails while the feature is off.
func (f *Feature) Use() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.on {
		return ErrOff
	}
	return nil
}

// Disable ends the feature.
func (f *Feature) Disable() {
	f.set(false)
	close(f.stop)
}

// Run enables and disables a feature.
func Run() {
	source := &Source{}
	first := Enable(source)
	_ = first.Use()
	source.Tell(Notice{Valid: true})
	time.Sleep(time.Millisecond)
	first.Disable()
	second := Enable(source)
	_ = second.Use()
	second.Disable()
}
