package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

type invoker func(ctx context.Context, method string) error

type endpointClient struct {
	addr   string
	policy *backoff
	invoke invoker
}

func (c *endpointClient) do(ctx context.Context, method string) error {
	var err error
	for i := 0; i < 4; i++ {
		if err = c.invoke(ctx, method); err == nil {
			return nil
		}
		if serr := c.policy.sleep(ctx, i); serr != nil {
			return serr
		}
	}
	return err
}

type clientSet struct {
	clients []*endpointClient
}

func newClientSet(policy *backoff, inv invoker, addrs ...string) *clientSet {
	cs := &clientSet{}
	for _, a := range addrs {
		cs.clients = append(cs.clients, &endpointClient{addr: a, policy: policy, invoke: inv})
	}
	return cs
}

func (cs *clientSet) broadcast(ctx context.Context, method string) {
	var wg sync.WaitGroup
	for _, c := range cs.clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = c.do(ctx, method)
		}()
	}
	wg.Wait()
}

// Run broadcasts a call that always fails.
func Run() {
	policy := newBackoff(100*time.Microsecond, time.Millisecond, withSeed(7))
	fail := func(context.Context, string) error { return errors.New("unavailable") }
	newClientSet(policy, fail, "a", "b", "c").broadcast(context.Background(), "Ping")
}
