package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

type leaseClient interface {
	Renew(ctx context.Context, id int) error
}

type flakyClient struct {
	mu    sync.Mutex
	calls map[int]int
}

func (f *flakyClient) Renew(ctx context.Context, id int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls[id]++; id == 2 && f.calls[id] > 2 {
		return errors.New("lease revoked")
	}
	return ctx.Err()
}

type renewer struct {
	client leaseClient
	cancel context.CancelFunc
	lost   chan int
	wg     sync.WaitGroup
}

func newRenewer(parent context.Context, c leaseClient, ids ...int) *renewer {
	ctx, cancel := context.WithCancel(parent)
	r := &renewer{client: c, cancel: cancel, lost: make(chan int)}
	for _, id := range ids {
		r.wg.Add(1)
		go r.keep(ctx, id)
	}
	return r
}

func (r *renewer) keep(ctx context.Context, id int) {
	defer r.wg.Done()
	t := time.NewTicker(time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			if err := r.client.Renew(ctx, id); err != nil {
				r.tell(ctx, id)
				return
			}
		}
	}
}

func (r *renewer) tell(ctx context.Context, id int) {
	select {
	case r.lost <- id:
	case <-ctx.Done():
	}
}

// Close stops all renewals.
func (r *renewer) Close() {
	r.cancel()
	r.wg.Wait()
}

// Run renews leases until one is lost, and once more without looking.
func Run() {
	r := newRenewer(context.Background(), &flakyClient{calls: map[int]int{}}, 1, 2, 3)
	<-r.lost
	r.Close()

	again := newRenewer(context.Background(), &flakyClient{calls: map[int]int{}}, 2)
	defer again.Close()
	time.Sleep(8 * time.Millisecond)
}
