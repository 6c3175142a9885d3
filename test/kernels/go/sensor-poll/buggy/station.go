package kernel

import (
	"errors"
	"time"
)

// Station gives up on a sensor after some failures.
type Station struct {
	poller   *Poller
	failures int
	limit    int
	last     float64
	dead     chan struct{}
}

// NewStation watches a sensor.
func NewStation(sensor Sensor, limit int) *Station {
	s := &Station{poller: StartPoller(sensor, time.Millisecond), limit: limit, dead: make(chan struct{})}
	s.poller.Begin(s)
	return s
}

// OnReading implements Handler.
func (s *Station) OnReading(r Reading) {
	s.failures = 0
	s.last = r.Celsius
}

// OnFailure implements Handler.
func (s *Station) OnFailure(error) {
	s.failures++
	if s.failures == s.limit {
		s.poller.Stop()
		close(s.dead)
	}
}

// Dead is closed when the station has given up.
func (s *Station) Dead() <-chan struct{} { return s.dead }

type loose struct{ n int }

func (l *loose) Read() (Reading, error) {
	l.n++
	if l.n > 3 {
		return Reading{}, errors.New("no contact")
	}
	return Reading{Celsius: 20}, nil
}

// Run watches a sensor that fails.
func Run() {
	station := NewStation(&loose{}, 2)
	<-station.Dead()
}
