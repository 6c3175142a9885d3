package kernel

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

// Collector writes what it has measured.
type Collector interface {
	Collect() []string
}

// CounterVec counts by label.
type CounterVec struct {
	name string

	mu     sync.RWMutex
	values map[string]uint64
}

// NewCounterVec returns a vector without labels.
func NewCounterVec(name string) *CounterVec {
	return &CounterVec{name: name, values: make(map[string]uint64)}
}

// Inc counts one.
func (c *CounterVec) Inc(labels ...string) {
	key := strings.Join(labels, ",")
	c.mu.Lock()
	c.values[key]++
	c.mu.Unlock()
}

func (c *CounterVec) snapshot() map[string]uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	values := make(map[string]uint64, len(c.values))
	for key, value := range c.values {
		values[key] = value
	}
	return values
}

// Collect lists the counters by label.
func (c *CounterVec) Collect() []string {
	var lines []string
	for key, value := range c.snapshot() {
		lines = append(lines, fmt.Sprintf("%s{%s} %d", c.name, key, value))
	}
	sort.Strings(lines)
	return lines
}

// Gauge is a value that goes up and down.
type Gauge struct {
	name  string
	mu    sync.Mutex
	value float64
}

// Set replaces the value.
func (g *Gauge) Set(value float64) {
	g.mu.Lock()
	g.value = value
	g.mu.Unlock()
}

// Collect lists the one value.
func (g *Gauge) Collect() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return []string{fmt.Sprintf("%s %g", g.name, g.value)}
}

// Exporter joins collectors.
type Exporter struct {
	mu         sync.Mutex
	collectors []Collector
}

// Register adds a collector.
func (e *Exporter) Register(c Collector) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.collectors = append(e.collectors, c)
}

// Scrape lists everything.
func (e *Exporter) Scrape() string {
	e.mu.Lock()
	collectors := append([]Collector(nil), e.collectors...)
	e.mu.Unlock()
	var lines []string
	for _, c := range collectors {
		lines = append(lines, c.Collect()...)
	}
	return strings.Join(lines, "\n")
}

// Run scrapes while requests are counted.
func Run() {
	requests := NewCounterVec("requests")
	inflight := &Gauge{name: "inflight"}
	e := &Exporter{}
	e.Register(requests)
	e.Register(inflight)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 200; i++ {
			requests.Inc("GET", fmt.Sprint(200+i%5))
			inflight.Set(float64(i))
		}
	}()
	for i := 0; i < 50; i++ {
		_ = e.Scrape()
	}
	wg.Wait()
}
