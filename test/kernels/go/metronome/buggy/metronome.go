package kernel

import (
	"sync"
	"time"
)

// Listener is told of each beat.
type Listener interface {
	Beat(n int)
}

// Metronome beats until it is stopped.
type Metronome struct {
	every     time.Duration
	listeners []Listener
	stop      chan struct{}
	stopOnce  sync.Once
	running   sync.WaitGroup
}

// New is silent until it is started.
func New(every time.Duration) *Metronome {
	return &Metronome{every: every, stop: make(chan struct{})}
}

// Start begins at once.
func (m *Metronome) Start(listeners ...Listener) {
	m.listeners = listeners
	m.running.Add(1)
	go m.loop()
}

func (m *Metronome) loop() {
	defer m.running.Done()
	t := time.NewTicker(m.every)
	defer t.Stop()
	for n := 0; ; n++ {
		select {
		case <-t.C:
			for _, l := range m.listeners {
				l.Beat(n)
			}
		case <-m.stop:
			return
		}
	}
}

// Halt asks the loop to end.
func (m *Metronome) Halt() { m.stopOnce.Do(func() { close(m.stop) }) }

// Stop returns when no more beat will come.
func (m *Metronome) Stop() {
	m.Halt()
	m.running.Wait()
}
