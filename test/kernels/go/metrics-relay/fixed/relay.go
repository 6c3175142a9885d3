package kernel

import (
	"sync"
	"sync/atomic"
	"time"
)

// Sample is one measurement.
type Sample struct {
	Name  string
	Value float64
}

// Backend stores samples.
type Backend interface {
	Write(batch []Sample) error
}

// Relay collects samples and writes them in batches.
type Relay struct {
	backend Backend
	batch   int

	in       chan Sample
	stop     chan struct{}
	stopOnce sync.Once
	exited   chan struct{}
	dropped  atomic.Int64
}

// NewRelay starts a relay.
func NewRelay(backend Backend, batch int) *Relay {
	r := &Relay{
		backend: backend,
		batch:   batch,
		in:      make(chan Sample),
		stop:    make(chan struct{}),
		exited:  make(chan struct{}),
	}
	go r.run()
	return r
}

func (r *Relay) run() {
	defer close(r.exited)
	pending := make([]Sample, 0, r.batch)
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case sample := <-r.in:
			pending = append(pending, sample)
			if len(pending) == r.batch {
				pending = r.write(pending)
			}
		case <-ticker.C:
			pending = r.write(pending)
		case <-r.stop:
			r.write(pending)
			return
		}
	}
}

func (r *Relay) write(pending []Sample) []Sample {
	if len(pending) == 0 {
		return pending
	}
	if err := r.backend.Write(pending); err != nil {
		r.dropped.Add(int64(len(pending)))
	}
	return make([]Sample, 0, r.batch)
}

// Record passes a sample on.
func (r *Relay) Record(name string, value float64) {
	select {
	case r.in <- Sample{Name: name, Value: value}:
	case <-r.exited:
		r.dropped.Add(1)
	}
}

// Timer records how long something took when the returned function is called.
func (r *Relay) Timer(name string) func() {
	start := time.Now()
	return func() { r.Record(name, time.Since(start).Seconds()) }
}

// Stop writes what is pending and ends the relay.
func (r *Relay) Stop() {
	r.stopOnce.Do(func() { close(r.stop) })
	<-r.exited
}

type discard struct{}

func (discard) Write([]Sample) error { return nil }

// Run records from some requests, the last of which ends late.
func Run() {
	relay := NewRelay(discard{}, 8)
	var requests sync.WaitGroup
	for i := 1; i <= 4; i++ {
		requests.Add(1)
		go func(took time.Duration) {
			defer requests.Done()
			defer relay.Timer("request")()
			time.Sleep(took)
		}(time.Duration(i*i) * time.Millisecond)
	}
	time.Sleep(6 * time.Millisecond)
	relay.Stop()
	requests.Wait()
}
