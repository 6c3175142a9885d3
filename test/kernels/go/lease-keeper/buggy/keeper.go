package kernel

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

var errExpired = errors.New("lease has expired")

// LeaseClient renews leases.
type LeaseClient interface {
	Renew(ctx context.Context, id int64) error
}

type countingClient struct{ renewals int64 }

func (c *countingClient) Renew(ctx context.Context, id int64) error {
	atomic.AddInt64(&c.renewals, 1)
	return ctx.Err()
}

type keepAlive struct {
	id     int64
	cancel context.CancelFunc
}

// Keeper renews leases until they are released.
type Keeper struct {
	client   LeaseClient
	interval time.Duration

	mu      sync.Mutex
	current *keepAlive
	closed  bool
}

// NewKeeper returns a keeper that renews each interval.
func NewKeeper(client LeaseClient, interval time.Duration) *Keeper {
	return &Keeper{client: client, interval: interval}
}

// Hold keeps a lease alive, in the place of the one that was held before.
func (k *Keeper) Hold(id int64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return errExpired
	}
	if k.current != nil && k.current.id == id {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	k.current = &keepAlive{id: id, cancel: cancel}
	go k.renew(ctx, id)
	return nil
}

func (k *Keeper) renew(ctx context.Context, id int64) {
	ticker := time.NewTicker(k.interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if err := k.client.Renew(ctx, id); err != nil {
				k.drop(id)
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (k *Keeper) drop(id int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.current != nil && k.current.id == id {
		k.current.cancel()
		k.current = nil
	}
}

// Release lets go of the lease that is held.
func (k *Keeper) Release() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.current != nil {
		k.current.cancel()
		k.current = nil
	}
}

// Close releases, and refuses to hold anything from then on.
func (k *Keeper) Close() {
	k.Release()
	k.mu.Lock()
	k.closed = true
	k.mu.Unlock()
}

// Run holds one lease after the other.
func Run() {
	k := NewKeeper(&countingClient{}, 5*time.Millisecond)
	_ = k.Hold(1)
	_ = k.Hold(1)
	time.Sleep(12 * time.Millisecond)
	_ = k.Hold(2)
	time.Sleep(12 * time.Millisecond)
	k.Close()
}
