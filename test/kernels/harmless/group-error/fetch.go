// Package grouperror joins workers by hand and keeps the first error.
package grouperror

import (
	"context"
	"errors"
	"sync"
)

type group struct {
	wg     sync.WaitGroup
	once   sync.Once
	err    error
	cancel context.CancelFunc
}

func newGroup(ctx context.Context) (*group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &group{cancel: cancel}, ctx
}

func (g *group) run(do func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := do(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.cancel()
			})
		}
	}()
}

func (g *group) wait() error {
	g.wg.Wait()
	g.cancel()
	return g.err
}

// Fetch fetches all names; the first error ends the others.
func Fetch(ctx context.Context, names []string, get func(context.Context, string) (int, error)) ([]int, error) {
	g, ctx := newGroup(ctx)
	sizes := make([]int, len(names))
	for i, name := range names {
		g.run(func() error {
			size, err := get(ctx, name)
			sizes[i] = size
			return err
		})
	}
	if err := g.wait(); err != nil {
		return nil, err
	}
	return sizes, nil
}

// Run fetches twice.
func Run() {
	get := func(ctx context.Context, name string) (int, error) {
		if name == "" {
			return 0, errors.New("no name")
		}
		return len(name), ctx.Err()
	}
	if _, err := Fetch(context.Background(), []string{"a", "bb"}, get); err != nil {
		panic(err)
	}
	_, _ = Fetch(context.Background(), []string{"a", ""}, get)
}
