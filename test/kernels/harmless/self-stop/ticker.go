// Package selfstop has a loop whose callback may stop it: Stop does not wait when it is called from inside.
package selfstop

import (
	"sync"
	"time"
)

// Ticker calls back until it is stopped.
type Ticker struct {
	quit chan struct{}
	done chan struct{}
	once sync.Once
	tick func(*Ticker, int)
}

// Start begins to call.
func Start(tick func(*Ticker, int)) *Ticker {
	t := &Ticker{quit: make(chan struct{}), done: make(chan struct{}), tick: tick}
	go t.loop()
	return t
}

func (t *Ticker) loop() {
	defer close(t.done)
	for n := 0; ; n++ {
		select {
		case <-t.quit:
			return
		case <-time.After(100 * time.Microsecond):
			t.tick(t, n)
		}
	}
}

// Stop asks the loop to end.
func (t *Ticker) Stop() { t.once.Do(func() { close(t.quit) }) }

// Wait waits for the end; not for use in the callback.
func (t *Ticker) Wait() { <-t.done }

// Counter counts the calls.
type Counter struct {
	ticker *Ticker
	limit  int
	calls  int
}

// Count starts to count.
func Count(limit int) *Counter {
	c := &Counter{limit: limit}
	c.ticker = Start(c.onTick)
	return c
}

func (c *Counter) onTick(t *Ticker, n int) {
	c.calls++
	if n == c.limit {
		t.Stop()
	}
}

// Close ends it from outside.
func (c *Counter) Close() int {
	c.ticker.Stop()
	c.ticker.Wait()
	return c.calls
}

// Run counts a little.
func Run() {
	c := Count(3)
	c.ticker.Wait()
	_ = c.Close()
	_ = Count(1000).Close()
}
