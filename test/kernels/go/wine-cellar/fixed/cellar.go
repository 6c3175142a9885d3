package kernel

import (
	"context"
	"sync"
	"time"
)

type bottle struct {
	year  int
	label string
}

type delivery struct {
	bottle bottle
	taken  chan error
}

// Rack stores bottles on a goroutine of its own.
type Rack interface {
	Store(ctx context.Context, b bottle) error
}

type rack struct {
	requests chan delivery
	stop     <-chan struct{}
	mu       sync.Mutex
	bottles  []bottle
}

func (r *rack) serve() {
	for {
		select {
		case d := <-r.requests:
			time.Sleep(40 * time.Millisecond)
			r.mu.Lock()
			r.bottles = append(r.bottles, d.bottle)
			r.mu.Unlock()
			d.taken <- nil
		case <-r.stop:
			return
		}
	}
}

func (r *rack) Store(ctx context.Context, b bottle) error {
	d := delivery{bottle: b, taken: make(chan error, 1)}
	select {
	case r.requests <- d:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-d.taken:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type cellar struct {
	racks map[string]Rack
}

func (c *cellar) put(ctx context.Context, region string, b bottle) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Millisecond)
	defer cancel()
	return c.racks[region].Store(ctx, b)
}

// Run stores a bottle in a slow rack.
func Run() {
	stop := make(chan struct{})
	r := &rack{requests: make(chan delivery), stop: stop}
	go r.serve()
	c := &cellar{racks: map[string]Rack{"rhone": r}}
	if err := c.put(context.Background(), "rhone", bottle{1998, "red"}); err == nil {
		panic("stored in time")
	}
	time.Sleep(60 * time.Millisecond)
	close(stop)
}
