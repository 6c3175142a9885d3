package kernel

import (
	"strconv"
	"sync/atomic"
)

// Limiter bounds requests by a setting.
type Limiter struct {
	limit atomic.Int64
}

// NewLimiter returns a limiter that follows a watcher.
func NewLimiter(w *Watcher) *Limiter {
	l := &Limiter{}
	l.limit.Store(100)
	w.Register(l)
	return l
}

// ConfigChanged implements Observer.
func (l *Limiter) ConfigChanged(source Source) {
	text, ok := source.Lookup("limit")
	if !ok {
		return
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		l.limit.Store(n)
	}
}

// Allows tells whether so many requests are fine.
func (l *Limiter) Allows(n int64) bool { return n <= l.limit.Load() }

// Run lowers a limit.
func Run() {
	watcher := NewWatcher(Values{"limit": "100"})
	limiter := NewLimiter(watcher)
	watcher.Apply(Values{"limit": "100"})
	watcher.Apply(Values{"limit": "10"})
	_ = limiter.Allows(50)
}
