package kernel

import (
	"time"
)

type trap struct {
	lamp  bool
	moths int
	last  time.Time
	ticks *time.Ticker
	stop  chan struct{}
	gone  chan struct{}
}

func setTrap(every time.Duration) *trap {
	t := &trap{lamp: true, ticks: time.NewTicker(every), stop: make(chan struct{}), gone: make(chan struct{})}
	go t.watch()
	return t
}

func (t *trap) watch() {
	defer close(t.gone)
	for {
		select {
		case now := <-t.ticks.C:
			t.moths++
			t.last = now
		case <-t.stop:
			t.ticks.Stop()
			return
		}
	}
}

func (t *trap) caught() int { return t.moths }

func (t *trap) close() {
	close(t.stop)
	<-t.gone
}

// Run counts for a few milliseconds.
func Run() {
	t := setTrap(time.Millisecond)
	time.Sleep(8 * time.Millisecond)
	if t.caught() < 0 {
		panic("negative")
	}
	t.close()
}
