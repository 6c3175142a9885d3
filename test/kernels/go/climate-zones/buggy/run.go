package kernel

import (
	"context"
	"fmt"
)

type fixedProbe struct {
	name  string
	value float64
}

func (p fixedProbe) Name() string { return p.name }

func (p fixedProbe) Measure(context.Context) (float64, error) { return p.value, nil }

// Run polls a house of sixteen zones.
func Run() {
	c := NewController(WithBacklog(1))
	defer c.Close()
	for i := 0; i < 16; i++ {
		c.Add(fixedProbe{fmt.Sprintf("bed-%d", i), 20 + float64(i)}, 24)
	}
	for i := 0; i < 20; i++ {
		if err := c.Poll(context.Background()); err != nil {
			return
		}
	}
	_, _ = c.Last("bed-3")
}
