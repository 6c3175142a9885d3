// Package tree runs probes in groups; a group ends with its parent.
package tree

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Probe looks at something until its context ends.
type Probe func(ctx context.Context) error

// Group runs probes and groups below it.
type Group struct {
	name   string
	ctx    context.Context
	cancel context.CancelCauseFunc
	parent *Group
	wg     sync.WaitGroup

	mu   sync.Mutex
	errs []error
}

// NewGroup returns a group at the root.
func NewGroup(ctx context.Context, name string) *Group {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{name: name, ctx: ctx, cancel: cancel}
}

// Sub returns a group that ends with this one.
func (g *Group) Sub(name string) *Group {
	sub := NewGroup(g.ctx, g.name+"/"+name)
	sub.parent = g
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		<-sub.ctx.Done()
		sub.wg.Wait()
	}()
	return sub
}

// Go runs a probe; its error ends the group.
func (g *Group) Go(probe Probe) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := probe(g.ctx); err != nil && !errors.Is(err, context.Canceled) {
			g.fail(err)
		}
	}()
}

func (g *Group) fail(err error) {
	g.mu.Lock()
	g.errs = append(g.errs, err)
	g.mu.Unlock()
	g.cancel(err)
	if g.parent != nil {
		g.parent.note(err)
	}
}

func (g *Group) note(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.errs = append(g.errs, err)
	if g.parent != nil {
		g.parent.note(err)
	}
}

// Stop ends the group and everything below it, and waits for it.
func (g *Group) Stop() error {
	g.cancel(context.Canceled)
	g.wg.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	return errors.Join(g.errs...)
}

// Every makes a probe of a check.
func Every(d time.Duration, check func() error) Probe {
	return func(ctx context.Context) error {
		ticker := time.NewTicker(d)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				if err := check(); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// Run probes for a moment.
func Run() {
	root := NewGroup(context.Background(), "house")
	cellar := root.Sub("cellar")
	cellar.Go(Every(time.Millisecond, func() error { return nil }))
	attic := root.Sub("attic")
	left := 3
	attic.Go(Every(time.Millisecond, func() error {
		if left--; left == 0 {
			return errors.New("roof leaks")
		}
		return nil
	}))
	attic.Go(func(ctx context.Context) error { <-ctx.Done(); return nil })
	time.Sleep(6 * time.Millisecond)
	_ = root.Stop()
}
