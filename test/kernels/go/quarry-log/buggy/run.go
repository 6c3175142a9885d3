package kernel

import (
	"sync/atomic"
	"time"
)

// Run does what the test does.
func Run() {
	var over atomic.Bool
	q := openQuarry(func(format string, args ...any) {
		if over.Load() {
			panic("Log in goroutine after TestBlast has completed")
		}
	}, 20*time.Millisecond)
	q.blast("ridge", 40)
	q.close()
	over.Store(true)
	time.Sleep(50 * time.Millisecond)
}
