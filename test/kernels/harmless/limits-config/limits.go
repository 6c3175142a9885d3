// Package limits keeps limits that are reloaded while they are used.
package limits

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// Limits say how much is allowed; they are never changed once stored.
type Limits struct {
	PerUser map[string]int
	Default int
	Burst   int
}

// Guard checks requests.
type Guard struct {
	limits  atomic.Value // of Limits
	reloads int          // of the reloading goroutine alone
	denied  atomic.Uint64
	source  func() (Limits, error)

	once sync.Once
	quit chan struct{}
	done chan struct{}
}

// NewGuard reads the limits and keeps on reading them.
func NewGuard(every time.Duration, source func() (Limits, error)) (*Guard, error) {
	first, err := source()
	if err != nil {
		return nil, err
	}
	g := &Guard{source: source, quit: make(chan struct{}), done: make(chan struct{})}
	g.limits.Store(first)
	go g.reload(every)
	return g, nil
}

func (g *Guard) reload(every time.Duration) {
	defer close(g.done)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			next, err := g.source()
			if err != nil {
				continue
			}
			g.reloads++
			g.limits.Store(next)
		case <-g.quit:
			return
		}
	}
}

// Allow checks one request.
func (g *Guard) Allow(user string, n int) bool {
	limits := g.limits.Load().(Limits)
	limit, ok := limits.PerUser[user]
	if !ok {
		limit = limits.Default
	}
	if n > limit+limits.Burst {
		g.denied.Add(1)
		return false
	}
	return true
}

// Denied counts what was not allowed.
func (g *Guard) Denied() uint64 { return g.denied.Load() }

// Close ends the reloading and tells how often there was any.
func (g *Guard) Close() int {
	g.once.Do(func() { close(g.quit) })
	<-g.done
	return g.reloads
}

// Run checks requests while the limits change.
func Run() {
	version := 0
	guard, err := NewGuard(time.Millisecond, func() (Limits, error) {
		version++
		if version%3 == 0 {
			return Limits{}, errors.New("file is being written")
		}
		return Limits{PerUser: map[string]int{"ann": version}, Default: 5}, nil
	})
	if err != nil {
		return
	}
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := 0; n < 20; n++ {
				_ = guard.Allow("ann", n)
				time.Sleep(200 * time.Microsecond)
			}
		}()
	}
	wg.Wait()
	_ = guard.Denied()
	_ = guard.Close()
	_ = guard.Close()
}
