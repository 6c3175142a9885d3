package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errUnknownZone = errors.New("climate: unknown zone")

type reading struct {
	zone    string
	celsius float64
	at      time.Time
}

// probe is what a vendor's driver offers.
type probe interface {
	Name() string
	Measure(ctx context.Context) (float64, error)
}

type zone struct {
	name   string
	probe  probe
	target float64
	last   reading
}

// Controller keeps the zones of a greenhouse at their targets.
type Controller struct {
	mu       sync.Mutex
	zones    map[string]*zone
	readings chan reading
	vents    int
	cancel   context.CancelFunc
	finished chan struct{}
}

// Option changes a Controller before it runs.
type Option func(*Controller)

// WithBacklog lets that many readings wait.
func WithBacklog(n int) Option {
	return func(c *Controller) { c.readings = make(chan reading, n) }
}

// NewController starts the loop that looks at what was measured.
func NewController(options ...Option) *Controller {
	ctx, cancel := context.WithCancel(context.Background())
	c := &Controller{
		zones:    map[string]*zone{},
		readings: make(chan reading, 2),
		cancel:   cancel,
		finished: make(chan struct{}),
	}
	for _, option := range options {
		option(c)
	}
	go c.regulate(ctx)
	return c
}

func (c *Controller) regulate(ctx context.Context) {
	defer close(c.finished)
	for {
		select {
		case r := <-c.readings:
			c.apply(r)
		case <-ctx.Done():
			return
		}
	}
}

func (c *Controller) apply(r reading) {
	c.mu.Lock()
	defer c.mu.Unlock()
	z, ok := c.zones[r.zone]
	if !ok {
		return
	}
	if r.celsius > z.target {
		c.vents++
	}
	z.last = r
}

// Add brings a zone under control.
func (c *Controller) Add(p probe, target float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.zones[p.Name()] = &zone{name: p.Name(), probe: p, target: target}
}

// Poll measures every zone.
func (c *Controller) Poll(ctx context.Context) error {
	for _, z := range c.list() {
		if err := c.sample(ctx, z); err != nil {
			return err
		}
	}
	return nil
}

func (c *Controller) list() []*zone {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]*zone, 0, len(c.zones))
	for _, z := range c.zones {
		list = append(list, z)
	}
	return list
}

func (c *Controller) sample(ctx context.Context, z *zone) error {
	value, err := z.probe.Measure(ctx)
	if err != nil {
		return err
	}
	c.readings <- reading{zone: z.name, celsius: value, at: time.Now()}
	return nil
}

// Last is what a zone measured last.
func (c *Controller) Last(name string) (float64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	z, ok := c.zones[name]
	if !ok {
		return 0, errUnknownZone
	}
	return z.last.celsius, nil
}

// Close ends the loop.
func (c *Controller) Close() {
	c.cancel()
	<-c.finished
}
