package kernel

import (
	"errors"
	"sync"
	"time"
)

// ErrClosed is returned by a pool that takes no more devices.
var ErrClosed = errors.New("pool is closed")

// Pool polls devices, each in a goroutine of its own.
type Pool struct {
	mu      sync.Mutex
	running sync.WaitGroup
	last    map[string]time.Time
	stop    chan struct{}
	closed  bool
	every   time.Duration
}

// NewPool returns a pool that polls that often.
func NewPool(every time.Duration) *Pool {
	return &Pool{last: make(map[string]time.Time), stop: make(chan struct{}), every: every}
}

// Add begins to poll a device.
func (p *Pool) Add(device string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	p.running.Add(1)
	go p.poll(device)
	return nil
}

func (p *Pool) poll(device string) {
	defer p.running.Done()
	ticker := time.NewTicker(p.every)
	defer ticker.Stop()
	for {
		p.seen(device, time.Now())
		select {
		case <-ticker.C:
		case <-p.stop:
			p.seen(device, time.Time{})
			return
		}
	}
}

func (p *Pool) seen(device string, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last[device] = at
}

// Close ends all polling and waits for it.
func (p *Pool) Close() error {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return ErrClosed
	}
	p.closed = true
	close(p.stop)
	p.mu.Unlock()
	p.running.Wait()
	return nil
}

// Run polls two devices for a while.
func Run() {
	pool := NewPool(time.Millisecond)
	_ = pool.Add("door")
	_ = pool.Add("lamp")
	time.Sleep(5 * time.Millisecond)
	_ = pool.Close()
}
