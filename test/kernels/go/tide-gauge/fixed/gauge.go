package kernel

import (
	"context"
	"sync"
	"time"
)

type gauge struct {
	mu     sync.Mutex
	level  int
	every  time.Duration
	cancel context.CancelFunc
	read   func() int
}

func (g *gauge) setInterval(ctx context.Context, every time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if every == g.every {
		return
	}
	g.every = every
	if g.cancel != nil {
		g.cancel()
	}
	ctx, cancel := context.WithCancel(ctx)
	g.cancel = cancel
	go g.sample(ctx, every)
}

func (g *gauge) sample(ctx context.Context, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			v := g.read()
			g.mu.Lock()
			g.level = v
			g.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

func (g *gauge) stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.cancel != nil {
		g.cancel()
	}
}

// Run changes the interval once.
func Run() {
	g := &gauge{read: func() int { return 3 }}
	g.setInterval(context.Background(), 5*time.Millisecond)
	g.setInterval(context.Background(), 2*time.Millisecond)
	time.Sleep(10 * time.Millisecond)
	g.stop()
}
