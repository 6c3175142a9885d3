package kernel

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

type form struct {
	district string
	people   int
}

// Handler is what the transport calls, each request on a goroutine of its own.
type Handler interface {
	Handle(ctx context.Context, body string) error
}

type census struct {
	districts map[string]int
	rejected  int
	mu        sync.Mutex
	decode    func(string) (form, error)
}

func newCensus() *census {
	return &census{districts: make(map[string]int), decode: decodeForm}
}

func decodeForm(body string) (form, error) {
	var f form
	if _, err := fmt.Sscanf(body, "%s %d", &f.district, &f.people); err != nil {
		return form{}, err
	}
	f.district = strings.ToLower(f.district)
	return f, nil
}

func (c *census) Handle(_ context.Context, body string) error {
	f, err := c.decode(body)
	if err != nil {
		c.mu.Lock()
		c.rejected++
		c.mu.Unlock()
		return err
	}
	c.count(f)
	return nil
}

func (c *census) count(f form) {
	c.districts[f.district] += f.people
}
