package kernel

import (
	"context"
	"math/rand"
	"time"
)

type backoff struct {
	base, max time.Duration
	rnd       *rand.Rand
}

type backoffOption func(*backoff)

func withSeed(seed int64) backoffOption {
	return func(b *backoff) { b.rnd = rand.New(rand.NewSource(seed)) }
}

func newBackoff(base, max time.Duration, opts ...backoffOption) *backoff {
	b := &backoff{base: base, max: max}
	for _, o := range opts {
		o(b)
	}
	return b
}

func (b *backoff) clone() *backoff {
	return &backoff{base: b.base, max: b.max, rnd: rand.New(rand.NewSource(b.rnd.Int63()))}
}

func (b *backoff) delay(attempt int) time.Duration {
	d := b.base << attempt
	if d > b.max {
		d = b.max
	}
	return d/2 + time.Duration(b.rnd.Int63n(int64(d/2)+1))
}

func (b *backoff) sleep(ctx context.Context, attempt int) error {
	select {
	case <-time.After(b.delay(attempt)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
