package kernel

import (
	"context"
	"sync"
)

type waiter struct {
	weight int
	ready  chan struct{}
}

type grants struct {
	mu      sync.Mutex
	free    int
	waiters []*waiter
}

func newGrants(n int) *grants {
	return &grants{free: n}
}

// acquire gives up when ctx ends.
func (g *grants) acquire(ctx context.Context, weight int) error {
	g.mu.Lock()
	if len(g.waiters) == 0 && g.free >= weight {
		g.free -= weight
		g.mu.Unlock()
		return nil
	}
	w := &waiter{weight, make(chan struct{}, 1)}
	g.waiters = append(g.waiters, w)
	g.mu.Unlock()

	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		return g.abandon(ctx, w)
	}
}

func (g *grants) abandon(ctx context.Context, w *waiter) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, other := range g.waiters {
		if other == w {
			g.waiters = append(g.waiters[:i], g.waiters[i+1:]...)
			g.wake()
			return ctx.Err()
		}
	}
	<-w.ready
	g.free += w.weight
	g.wake()
	return ctx.Err()
}

func (g *grants) release(weight int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.free += weight
	g.wake()
}

func (g *grants) wake() {
	for len(g.waiters) > 0 && g.waiters[0].weight <= g.free {
		w := g.waiters[0]
		g.waiters = g.waiters[1:]
		g.free -= w.weight
		w.ready <- struct{}{}
	}
}

// Run acquires with contexts that end at any time.
func Run() {
	g := newGrants(3)
	var wg sync.WaitGroup
	for i := 0; i < 6; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := 0; n < 200; n++ {
				ctx, cancel := context.WithCancel(context.Background())
				if (n+i)%3 == 0 {
					go cancel()
				}
				if g.acquire(ctx, 1+i%2) == nil {
					g.release(1 + i%2)
				}
				cancel()
			}
		}()
	}
	wg.Wait()
	if g.free != 3 {
		panic("a grant went missing")
	}
}
