package kernel

import (
	"sync"
	"time"
)

type usageReporter struct {
	service
	ticker  *time.Ticker
	samples chan int

	mu    sync.Mutex
	total int
	sent  []int
}

func newUsageReporter(every time.Duration) *usageReporter {
	r := &usageReporter{
		service: newService("usage"),
		ticker:  time.NewTicker(every),
		samples: make(chan int, 32),
	}
	go r.run()
	return r
}

func (r *usageReporter) observe(n int) {
	select {
	case r.samples <- n:
	default:
	}
}

func (r *usageReporter) run() {
	for {
		select {
		case n := <-r.samples:
			r.mu.Lock()
			r.total += n
			r.mu.Unlock()
		case <-r.ticker.C:
			r.flush()
		case <-r.Quit():
			return
		}
	}
}

func (r *usageReporter) flush() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.total > 0 {
		r.sent = append(r.sent, r.total)
		r.total = 0
	}
}

func (r *usageReporter) Stop() {
	r.ticker.Stop()
	r.flush()
}

// Run supervises two services and shuts them down.
func Run() {
	var s supervisor
	s.manage(newHeartbeat())
	r := newUsageReporter(3 * time.Millisecond)
	s.manage(r)
	r.observe(3)
	r.observe(4)
	time.Sleep(10 * time.Millisecond)
	s.shutdown()
}
