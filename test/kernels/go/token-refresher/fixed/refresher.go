package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errRevoked = errors.New("credential revoked")

type token struct {
	value   string
	expires time.Time
}

type issuer interface {
	issue(ctx context.Context) (token, error)
	revoke(ctx context.Context, value string) error
}

type refresher struct {
	issuer issuer
	margin time.Duration

	mu      sync.RWMutex
	current token

	nudge chan struct{}
	stop  chan struct{}
}

func newRefresher(ctx context.Context, i issuer) (*refresher, error) {
	first, err := i.issue(ctx)
	if err != nil {
		return nil, err
	}
	r := &refresher{
		issuer:  i,
		margin:  time.Minute,
		current: first,
		nudge:   make(chan struct{}, 1),
		stop:    make(chan struct{}),
	}
	go r.refresh()
	return r, nil
}

func (r *refresher) refresh() {
	for {
		wait := time.NewTimer(time.Until(r.Token().expires) - r.margin)
		select {
		case <-r.stop:
			wait.Stop()
			return
		case <-r.nudge:
			wait.Stop()
		case <-wait.C:
		}
		r.replace()
	}
}

func (r *refresher) replace() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	next, err := r.issuer.issue(ctx)
	if err != nil {
		return
	}
	r.mu.Lock()
	r.current = next
	r.mu.Unlock()
}

// Token is the current token.
func (r *refresher) Token() token {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.current
}

// Invalidate asks for another token soon.
func (r *refresher) Invalidate() {
	select {
	case r.nudge <- struct{}{}:
	default:
	}
}

// Close gives the token back and ends the refresher.
func (r *refresher) Close(ctx context.Context) error {
	defer close(r.stop)
	if err := r.issuer.revoke(ctx, r.Token().value); err != nil {
		return err
	}
	return nil
}

type vault struct {
	mu      sync.Mutex
	issued  int
	revoked map[string]bool
}

func (v *vault) issue(context.Context) (token, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.issued++
	return token{string(rune('a' + v.issued)), time.Now().Add(time.Hour)}, nil
}

func (v *vault) revoke(_ context.Context, value string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.revoked[value] {
		return errRevoked
	}
	v.revoked[value] = true
	return nil
}

// Run closes a refresher whose token somebody else has revoked.
func Run() {
	ctx := context.Background()
	v := &vault{revoked: map[string]bool{}}
	r, err := newRefresher(ctx, v)
	if err != nil {
		return
	}
	r.Invalidate()
	time.Sleep(time.Millisecond)
	_ = v.revoke(ctx, r.Token().value)
	if err := r.Close(ctx); !errors.Is(err, errRevoked) {
		panic("revoked twice")
	}
}
