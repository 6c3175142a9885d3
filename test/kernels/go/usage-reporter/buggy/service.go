package kernel

import (
	"sync"
	"time"
)

type service struct {
	name string
	once sync.Once
	quit chan struct{}
}

func newService(name string) service {
	return service{name: name, quit: make(chan struct{})}
}

func (s *service) Quit() <-chan struct{} { return s.quit }

func (s *service) Stop() {
	s.once.Do(func() { close(s.quit) })
}

type stopper interface{ Stop() }

type supervisor struct {
	running []stopper
}

func (s *supervisor) manage(x stopper) { s.running = append(s.running, x) }

func (s *supervisor) shutdown() {
	for i := len(s.running) - 1; i >= 0; i-- {
		s.running[i].Stop()
	}
}

type heartbeat struct {
	service
	beats int
}

func newHeartbeat() *heartbeat {
	h := &heartbeat{service: newService("heartbeat")}
	go h.run(time.NewTicker(5 * time.Millisecond))
	return h
}

func (h *heartbeat) run(t *time.Ticker) {
	defer t.Stop()
	for {
		select {
		case <-t.C:
			h.beats++
		case <-h.Quit():
			return
		}
	}
}
