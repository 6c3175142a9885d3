package kernel

import (
	"sync"
	"time"
)

var period = time.Second

var now = time.Now

type light struct {
	mu      sync.Mutex
	flashes []time.Time
	quit    chan struct{}
	dark    chan struct{}
}

func ignite() *light {
	l := &light{quit: make(chan struct{}), dark: make(chan struct{})}
	go l.turn()
	return l
}

func (l *light) turn() {
	defer close(l.dark)
	for {
		select {
		case <-time.After(period):
			l.mu.Lock()
			l.flashes = append(l.flashes, now())
			l.mu.Unlock()
		case <-l.quit:
			return
		}
	}
}

func (l *light) douse() {
	close(l.quit)
}

func (l *light) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.flashes)
}
