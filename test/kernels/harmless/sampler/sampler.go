// Package sampler takes samples of a gauge.
package sampler

import (
	"context"
	"sort"
	"time"
)

// Gauge has a value.
type Gauge func() float64

// Summary is what a sampler found out.
type Summary struct {
	Count          int
	Least, Most    float64
	Median         float64
	FirstAt, Until time.Time
}

// Sampler reads a gauge every so often.
type Sampler struct {
	gauge  Gauge
	every  time.Duration
	labels map[string]string
	keep   int

	values []float64
	first  time.Time
	last   time.Time

	cancel context.CancelFunc
	done   chan struct{}
}

// New returns a sampler that is not started.
func New(gauge Gauge) *Sampler {
	return &Sampler{gauge: gauge, every: time.Second, keep: 1000, labels: make(map[string]string)}
}

// Every sets how often to read; only before Start.
func (s *Sampler) Every(d time.Duration) *Sampler {
	s.every = d
	return s
}

// Label adds a label; only before Start.
func (s *Sampler) Label(name, value string) *Sampler {
	s.labels[name] = value
	return s
}

// Keep sets how many samples to keep; only before Start.
func (s *Sampler) Keep(n int) *Sampler {
	s.keep = n
	return s
}

// Start begins to read.
func (s *Sampler) Start(ctx context.Context) {
	ctx, s.cancel = context.WithCancel(ctx)
	s.done = make(chan struct{})
	s.first = time.Now()
	s.values = make([]float64, 0, s.keep)
	go s.loop(ctx)
}

func (s *Sampler) loop(ctx context.Context) {
	defer close(s.done)
	ticker := time.NewTicker(s.every)
	defer ticker.Stop()
	for {
		select {
		case at := <-ticker.C:
			s.last = at
			s.values = append(s.values, s.gauge())
			if len(s.values) > s.keep {
				s.values = s.values[1:]
			}
		case <-ctx.Done():
			return
		}
	}
}

// Stop ends the reading and sums up.
func (s *Sampler) Stop() Summary {
	s.cancel()
	<-s.done
	sum := Summary{Count: len(s.values), FirstAt: s.first, Until: s.last}
	if sum.Count == 0 {
		return sum
	}
	sort.Float64s(s.values)
	sum.Least, sum.Most = s.values[0], s.values[sum.Count-1]
	sum.Median = s.values[sum.Count/2]
	return sum
}

// Labels are what was given before the start.
func (s *Sampler) Labels() map[string]string { return s.labels }

// Run samples a gauge for a moment.
func Run() {
	level := 0.0
	sampler := New(func() float64 { level += 0.5; return level })
	sampler.Every(time.Millisecond).Label("room", "cellar").Keep(3).Start(context.Background())
	time.Sleep(8 * time.Millisecond)
	_ = sampler.Labels()["room"]
	_ = sampler.Stop()
}
