package kernel

import (
	"context"
	"errors"
	"time"
)

type result struct {
	value string
	err   error
}

type ticket struct {
	key  string
	slot chan result
}

type loader func(key string) (string, error)

type loadClient struct {
	tickets chan ticket
	done    chan struct{}
	load    loader
}

func newLoadClient(load loader) *loadClient {
	c := &loadClient{tickets: make(chan ticket), done: make(chan struct{}), load: load}
	go c.serve()
	return c
}

func (c *loadClient) serve() {
	defer close(c.done)
	for t := range c.tickets {
		v, err := c.load(t.key)
		t.slot <- result{v, err}
	}
}

func (c *loadClient) get(ctx context.Context, key string) (string, error) {
	t := newTicket(key)
	select {
	case c.tickets <- t:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	select {
	case r := <-t.slot:
		return r.value, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (c *loadClient) close() {
	close(c.tickets)
	<-c.done
}

// Run asks for a quick and a slow key.
func Run() {
	c := newLoadClient(func(key string) (string, error) {
		if key == "slow" {
			time.Sleep(20 * time.Millisecond)
			return "", errors.New("too slow")
		}
		return key, nil
	})
	_, _ = c.get(context.Background(), "fast")
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	_, _ = c.get(ctx, "slow")
	c.close()
}
