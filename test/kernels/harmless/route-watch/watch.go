package kernel

import (
	"context"
	"sync"
	"time"
)

// Route is where packets for a prefix go.
type Route struct {
	Prefix, Via string
}

// Feed delivers routes until the context ends.
type Feed interface {
	Follow(ctx context.Context, area string, deliver func(Route))
}

type tickingFeed struct{ every time.Duration }

func (f *tickingFeed) Follow(ctx context.Context, area string, deliver func(Route)) {
	t := time.NewTicker(f.every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			deliver(Route{Prefix: area + "/24", Via: "10.0.0.1"})
		case <-ctx.Done():
			return
		}
	}
}

// RouteWatch follows one area at a time.
type RouteWatch struct {
	feed Feed

	ctlMu  sync.Mutex
	cancel context.CancelFunc
	done   chan struct{}

	mu     sync.Mutex
	routes map[string]Route
}

// NewRouteWatch returns a watch that follows nothing yet.
func NewRouteWatch(feed Feed) *RouteWatch {
	return &RouteWatch{feed: feed, routes: make(map[string]Route)}
}

// Switch follows another area from now on.
func (w *RouteWatch) Switch(area string) {
	w.ctlMu.Lock()
	defer w.ctlMu.Unlock()
	w.haltLocked()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	w.cancel, w.done = cancel, done
	go func() {
		defer close(done)
		w.feed.Follow(ctx, area, w.store)
	}()
}

func (w *RouteWatch) haltLocked() {
	if w.cancel == nil {
		return
	}
	w.cancel()
	<-w.done
	w.cancel, w.done = nil, nil
	w.mu.Lock()
	w.routes = make(map[string]Route)
	w.mu.Unlock()
}

func (w *RouteWatch) store(r Route) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.routes[r.Prefix] = r
}

// Len counts the routes that are known.
func (w *RouteWatch) Len() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.routes)
}

// Stop follows nothing any more.
func (w *RouteWatch) Stop() {
	w.ctlMu.Lock()
	defer w.ctlMu.Unlock()
	w.haltLocked()
}

// Run switches areas from two sides.
func Run() {
	w := NewRouteWatch(&tickingFeed{every: time.Millisecond})
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func(area string) {
			defer wg.Done()
			for j := 0; j < 10; j++ {
				w.Switch(area)
				time.Sleep(2 * time.Millisecond)
				_ = w.Len()
			}
		}(string(rune('a' + i)))
	}
	wg.Wait()
	w.Stop()
	w.Stop()
}
