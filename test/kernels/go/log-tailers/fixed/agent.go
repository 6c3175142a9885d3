package kernel

import (
	"sync"
	"time"
)

type agent struct {
	mu      sync.Mutex
	tailers map[string]*tailer
	batch   []line
	closing chan struct{}
	loop    sync.WaitGroup
}

func newAgent(files ...string) *agent {
	a := &agent{tailers: make(map[string]*tailer), closing: make(chan struct{})}
	for _, f := range files {
		a.watch(f)
	}
	a.loop.Add(1)
	go a.flushLoop()
	return a
}

func (a *agent) watch(file string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tailers[file] = newTailer(file, a.push)
}

func (a *agent) push(l line) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.batch = append(a.batch, l)
}

func (a *agent) flushLoop() {
	defer a.loop.Done()
	t := time.NewTicker(20 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			a.flush()
		case <-a.closing:
			a.flush()
			return
		}
	}
}

func (a *agent) flush() {
	a.mu.Lock()
	a.batch = a.batch[:0]
	a.mu.Unlock()
}

func (a *agent) takeAll() map[string]*tailer {
	a.mu.Lock()
	defer a.mu.Unlock()
	old := a.tailers
	a.tailers = make(map[string]*tailer)
	return old
}

func (a *agent) close() int {
	old := a.takeAll()
	for _, t := range old {
		t.halt()
	}
	close(a.closing)
	a.loop.Wait()
	return len(old)
}

// Run follows two files for a moment.
func Run() {
	a := newAgent("syslog", "auth.log")
	time.Sleep(30 * time.Millisecond)
	_ = a.close()
}
