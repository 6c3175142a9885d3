// Package slotpool limits how much runs at once by a channel that is both filled and emptied by the same goroutine.
package slotpool

import (
	"context"
	"sync"
)

// Pool limits.
type Pool struct {
	slots chan struct{}
	wg    sync.WaitGroup
	mu    sync.Mutex
	errs  []error
}

// New returns a pool with so many slots.
func New(slots int) *Pool { return &Pool{slots: make(chan struct{}, slots)} }

// Go runs a function when there is a slot.
func (p *Pool) Go(ctx context.Context, do func(context.Context) error) error {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	p.wg.Add(1)
	go func() {
		defer func() {
			<-p.slots
			p.wg.Done()
		}()
		if err := do(ctx); err != nil {
			p.mu.Lock()
			p.errs = append(p.errs, err)
			p.mu.Unlock()
		}
	}()
	return nil
}

// Wait waits for all that were started and tells what went wrong.
func (p *Pool) Wait() []error {
	p.wg.Wait()
	for i := 0; i < cap(p.slots); i++ {
		p.slots <- struct{}{}
	}
	for i := 0; i < cap(p.slots); i++ {
		<-p.slots
	}
	return p.errs
}

// Run runs more than there are slots.
func Run() {
	p := New(2)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 0; i < 10; i++ {
		if err := p.Go(ctx, func(ctx context.Context) error { return ctx.Err() }); err != nil {
			panic(err)
		}
	}
	if errs := p.Wait(); len(errs) > 0 {
		panic(errs[0])
	}
}
