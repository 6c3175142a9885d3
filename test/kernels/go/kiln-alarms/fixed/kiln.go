package kernel

import (
	"sync"
	"time"
)

type level int

const (
	calm level = iota
	warm
	hot
)

type alarm struct {
	kiln  string
	level level
}

// sink takes alarms; what it does with them is its own affair.
type sink func(alarm)

type kiln struct {
	mu     sync.Mutex
	name   string
	level  level
	raise  sink
	cooled time.Time
}

func (k *kiln) report(celsius int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	next := calm
	switch {
	case celsius > 1200:
		next = hot
	case celsius > 900:
		next = warm
	}
	if next == k.level {
		return
	}
	k.level = next
	k.raise(alarm{k.name, next})
}

func (k *kiln) cool() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cooled = time.Now()
	k.level = calm
}

type watchman struct {
	alarms chan alarm
	kilns  map[string]*kiln
	seen   int
	done   chan struct{}
}

func newWatchman(names ...string) *watchman {
	w := &watchman{alarms: make(chan alarm, 64), kilns: map[string]*kiln{}, done: make(chan struct{})}
	for _, name := range names {
		w.kilns[name] = &kiln{name: name, raise: w.enqueue}
	}
	go w.patrol()
	return w
}

func (w *watchman) enqueue(a alarm) {
	select {
	case w.alarms <- a:
	default:
	}
}

func (w *watchman) patrol() {
	defer close(w.done)
	for a := range w.alarms {
		w.seen++
		if a.level == hot {
			w.kilns[a.kiln].cool()
		}
	}
}

func (w *watchman) stop() {
	close(w.alarms)
	<-w.done
}

// Run heats two kilns.
func Run() {
	w := newWatchman("east", "west")
	for i := 0; i < 40; i++ {
		for _, k := range w.kilns {
			k.report(1300)
			k.report(950)
		}
	}
	w.stop()
}
