package kernel

import (
	"sync"
	"time"
)

var fade = 50 * time.Millisecond

type lamp struct {
	level int
	mu    sync.Mutex
}

type desk struct {
	lamps []*lamp
	logf  func(string, ...any)
	stop  chan struct{}
	wg    sync.WaitGroup
}

func newDesk(n int, logf func(string, ...any)) *desk {
	d := &desk{logf: logf, stop: make(chan struct{})}
	for i := 0; i < n; i++ {
		l := &lamp{}
		d.lamps = append(d.lamps, l)
		d.wg.Add(1)
		go d.drive(l)
	}
	return d
}

func (d *desk) drive(l *lamp) {
	defer d.wg.Done()
	t := time.NewTicker(fade)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			l.mu.Lock()
			l.level++
			d.logf("level %d", l.level)
			l.mu.Unlock()
		case <-d.stop:
			return
		}
	}
}

func (d *desk) close() {
	close(d.stop)
	d.wg.Wait()
}
