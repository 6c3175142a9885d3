// Package probe looks names up and does not wait for ever.
package probe

import (
	"context"
	"errors"
	"time"
)

// Errors of a resolver.
var (
	ErrSlow    = errors.New("lookup is slow")
	ErrStopped = errors.New("resolver is stopped")
)

// Lookup finds the address of a name; it cannot be interrupted.
type Lookup func(name string) (string, error)

type result struct {
	address string
	err     error
}

type request struct {
	name  string
	reply chan result
}

// Resolver looks names up one at a time.
type Resolver struct {
	lookup   Lookup
	requests chan request
	patience time.Duration
	quit     chan struct{}
	stopped  chan struct{}
}

// NewResolver starts a resolver.
func NewResolver(patience time.Duration, lookup Lookup) *Resolver {
	r := &Resolver{
		lookup:   lookup,
		requests: make(chan request),
		patience: patience,
		quit:     make(chan struct{}),
		stopped:  make(chan struct{}),
	}
	go r.serve()
	return r
}

func (r *Resolver) serve() {
	defer close(r.stopped)
	for {
		select {
		case q := <-r.requests:
			address, err := r.lookup(q.name)
			q.reply <- result{address, err}
		case <-r.quit:
			return
		}
	}
}

// Resolve asks the resolver; the caller may leave before the answer is there.
func (r *Resolver) Resolve(ctx context.Context, name string) (string, error) {
	q := request{name: name, reply: make(chan result, 1)}
	select {
	case r.requests <- q:
	case <-r.stopped:
		return "", ErrStopped
	case <-ctx.Done():
		return "", ctx.Err()
	}
	select {
	case res := <-q.reply:
		return res.address, res.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Direct looks a name up beside the queue.
func (r *Resolver) Direct(name string) (string, error) {
	found := make(chan result, 1)
	go func() {
		address, err := r.lookup(name)
		found <- result{address, err}
	}()
	timer := time.NewTimer(r.patience)
	defer timer.Stop()
	select {
	case res := <-found:
		return res.address, res.err
	case <-timer.C:
		return "", ErrSlow
	}
}

// Close ends the resolver after the lookup it is on.
func (r *Resolver) Close() {
	close(r.quit)
	<-r.stopped
}

// Run asks for fast and for slow names.
func Run() {
	r := NewResolver(2*time.Millisecond, func(name string) (string, error) {
		if name == "slow.example.org" {
			time.Sleep(10 * time.Millisecond)
		}
		return "192.0.2.1", nil
	})
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Millisecond)
	defer cancel()
	_, _ = r.Resolve(ctx, "fast.example.org")
	_, _ = r.Resolve(ctx, "slow.example.org")
	_, _ = r.Direct("slow.example.org")
	_, _ = r.Direct("fast.example.org")
	r.Close()
}
