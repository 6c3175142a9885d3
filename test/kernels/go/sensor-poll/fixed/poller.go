package kernel

import (
	"sync"
	"time"
)

// Reading is a value of a sensor.
type Reading struct{ Celsius float64 }

// Sensor is read again and again.
type Sensor interface {
	Read() (Reading, error)
}

// Handler is told what a poller finds.
type Handler interface {
	OnReading(Reading)
	OnFailure(error)
}

// Poller reads a sensor.
type Poller struct {
	sensor  Sensor
	handler Handler
	every   time.Duration
	stop    chan struct{}
	once    sync.Once
	wg      sync.WaitGroup
}

// StartPoller starts to read.
func StartPoller(sensor Sensor, every time.Duration) *Poller {
	return &Poller{sensor: sensor, every: every, stop: make(chan struct{})}
}

// Begin tells a handler from now on.
func (p *Poller) Begin(handler Handler) {
	p.handler = handler
	p.wg.Add(1)
	go p.poll()
}

func (p *Poller) poll() {
	defer p.wg.Done()
	ticker := time.NewTicker(p.every)
	defer ticker.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-ticker.C:
		}
		reading, err := p.sensor.Read()
		if err != nil {
			p.handler.OnFailure(err)
			continue
		}
		p.handler.OnReading(reading)
	}
}

// Stop ends the poller and waits for its last reading.
func (p *Poller) Stop() {
	p.once.Do(func() { close(p.stop) })
	p.wg.Wait()
}
