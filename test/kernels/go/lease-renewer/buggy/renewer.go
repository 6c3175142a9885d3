package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrNotHeld is returned when there is nothing to give up.
var ErrNotHeld = errors.New("lease is not held")

// Backend is where leases live.
type Backend interface {
	Acquire(ctx context.Context, key string) (token string, err error)
	Renew(ctx context.Context, token string) error
	Release(ctx context.Context, token string) error
}

// Renewer holds a lease and keeps it alive.
type Renewer struct {
	backend Backend
	every   time.Duration

	mu     sync.Mutex
	token  string
	cancel context.CancelFunc
}

// NewRenewer returns a renewer that holds nothing.
func NewRenewer(backend Backend, every time.Duration) *Renewer {
	return &Renewer{backend: backend, every: every}
}

// Hold gets the lease and keeps it.
func (r *Renewer) Hold(ctx context.Context, key string) error {
	token, err := r.backend.Acquire(ctx, key)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel != nil {
		r.cancel()
	}
	renewing, cancel := context.WithCancel(context.Background())
	r.token = token
	r.cancel = cancel
	go r.renew(renewing, token)
	return nil
}

func (r *Renewer) renew(ctx context.Context, token string) {
	ticker := time.NewTicker(r.every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			_ = r.backend.Renew(ctx, token)
		case <-ctx.Done():
			return
		}
	}
}

// Release gives the lease up.
func (r *Renewer) Release(ctx context.Context) error {
	r.mu.Lock()
	token, cancel := r.token, r.cancel
	r.token, r.cancel = "", nil
	r.mu.Unlock()
	if token == "" {
		return ErrNotHeld
	}
	if err := r.backend.Release(ctx, token); err != nil {
		return err
	}
	cancel()
	return nil
}

type shaky struct {
	mu    sync.Mutex
	calls int
}

func (s *shaky) Acquire(_ context.Context, key string) (string, error) { return key + "#1", nil }
func (s *shaky) Renew(context.Context, string) error                   { return nil }

func (s *shaky) Release(context.Context, string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls++; s.calls == 2 {
		return errors.New("backend went away")
	}
	return nil
}

// Run holds two leases one after the other.
func Run() {
	ctx := context.Background()
	renewer := NewRenewer(&shaky{}, time.Millisecond)
	for _, key := range []string{"leader", "backup"} {
		if err := renewer.Hold(ctx, key); err != nil {
			return
		}
		time.Sleep(2 * time.Millisecond)
		_ = renewer.Release(ctx)
	}
}
