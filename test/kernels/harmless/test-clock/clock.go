// Package testclock has a clock for tests that wakes sleepers when it is moved.
package testclock

import (
	"sync"
	"time"
)

// Clock stands still until it is moved.
type Clock struct {
	mu       sync.Mutex
	now      time.Time
	sleepers []sleeper
}

type sleeper struct {
	until time.Time
	wake  chan time.Time
}

// New returns a clock at a time.
func New(now time.Time) *Clock { return &Clock{now: now} }

// Now returns its time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// After returns a channel that gets the time once it has passed.
func (c *Clock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := sleeper{c.now.Add(d), make(chan time.Time, 1)}
	if d <= 0 {
		s.wake <- c.now
		return s.wake
	}
	c.sleepers = append(c.sleepers, s)
	return s.wake
}

// Sleep waits for the clock.
func (c *Clock) Sleep(d time.Duration) { <-c.After(d) }

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	left := c.sleepers[:0]
	for _, s := range c.sleepers {
		if s.until.After(c.now) {
			left = append(left, s)
			continue
		}
		s.wake <- c.now
	}
	c.sleepers = left
}

func (c *Clock) waiting() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sleepers)
}

// Run puts two to sleep and wakes them.
func Run() {
	c := New(time.Unix(0, 0))
	var wg sync.WaitGroup
	for i := 1; i <= 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.Sleep(time.Duration(i) * time.Second)
		}()
	}
	for c.waiting() < 2 {
		time.Sleep(10 * time.Microsecond)
	}
	c.Advance(time.Second)
	c.Advance(time.Second)
	wg.Wait()
	_ = c.Now()
}
