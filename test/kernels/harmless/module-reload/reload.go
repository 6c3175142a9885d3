package kernel

import (
	"sync"
	"time"
)

type module interface {
	Serve(stop <-chan struct{})
}

type tickModule struct {
	stats *moduleStats
	name  string
}

func (t *tickModule) Serve(stop <-chan struct{}) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			t.stats.bump(t.name)
		case <-stop:
			return
		}
	}
}

type moduleStats struct {
	mu    sync.Mutex
	ticks map[string]int
}

func (s *moduleStats) bump(name string) {
	s.mu.Lock()
	s.ticks[name]++
	s.mu.Unlock()
}

type host struct {
	reloadMu sync.Mutex
	running  sync.WaitGroup
	stop     chan struct{}

	mu     sync.Mutex
	active int
}

func (h *host) count(by int) {
	h.mu.Lock()
	h.active += by
	h.mu.Unlock()
}

func (h *host) serve(m module, stop chan struct{}) {
	defer h.running.Done()
	h.count(1)
	defer h.count(-1)
	m.Serve(stop)
}

func (h *host) reload(mods ...module) {
	h.reloadMu.Lock()
	defer h.reloadMu.Unlock()
	if h.stop != nil {
		close(h.stop)
		h.running.Wait()
		h.stop = nil
	}
	if len(mods) == 0 {
		return
	}
	stop := make(chan struct{})
	h.stop = stop
	for _, m := range mods {
		h.running.Add(1)
		go h.serve(m, stop)
	}
}

// Run reloads the modules a few times.
func Run() {
	stats := &moduleStats{ticks: make(map[string]int)}
	h := &host{}
	a, b := &tickModule{stats, "a"}, &tickModule{stats, "b"}
	h.reload(a, b)
	time.Sleep(3 * time.Millisecond)
	h.reload(b)
	h.reload()
}
