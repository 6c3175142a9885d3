package kernel

import (
	"context"
	"errors"
	"time"
)

type tariff struct {
	code string
	rate float64
}

type answer struct {
	tariff tariff
	err    error
}

type carrier interface {
	Quote(code string) (tariff, error)
}

type slowCarrier struct{ delay time.Duration }

func (c slowCarrier) Quote(code string) (tariff, error) {
	time.Sleep(c.delay)
	if code == "" {
		return tariff{}, errors.New("no code")
	}
	return tariff{code, 1.25}, nil
}

type client struct {
	carrier carrier
	timeout time.Duration
}

func (c *client) ask(code string, reply chan<- answer) {
	t, err := c.carrier.Quote(code)
	reply <- answer{t, err}
}

func (c *client) quote(ctx context.Context, code string) (tariff, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	reply := make(chan answer, 1)
	go c.ask(code, reply)
	select {
	case a := <-reply:
		return a.tariff, a.err
	case <-ctx.Done():
		return tariff{}, ctx.Err()
	}
}

// Run asks a carrier that takes too long.
func Run() {
	c := &client{carrier: slowCarrier{30 * time.Millisecond}, timeout: 5 * time.Millisecond}
	if _, err := c.quote(context.Background(), "DE-4"); err == nil {
		panic("quoted in time")
	}
}
