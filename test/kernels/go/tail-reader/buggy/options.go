package kernel

import "time"

// Option changes how a file is followed.
type Option func(*Tail)

// WithInterval sets how often to look for more.
func WithInterval(d time.Duration) Option {
	return func(t *Tail) { t.interval = d }
}

// FromEnd skips what is there already.
func FromEnd() Option {
	return func(t *Tail) { t.fromEnd = true }
}
