package kernel

import (
	"sync"
	"time"
)

type activity struct {
	bytes int
}

type idler struct {
	limit  time.Duration
	events chan activity
	quit   chan struct{}
	once   sync.Once
	exited chan struct{}
	sleeps int
}

func newIdler(limit time.Duration) *idler {
	i := &idler{
		limit:  limit,
		events: make(chan activity),
		quit:   make(chan struct{}),
		exited: make(chan struct{}),
	}
	go i.watch()
	return i
}

func (i *idler) watch() {
	defer close(i.exited)
	timer := time.NewTimer(i.limit)
	defer timer.Stop()
	fired := false
	for {
		select {
		case <-i.quit:
			return
		case a := <-i.events:
			if a.bytes == 0 {
				continue
			}
			fired = restart(timer, i.limit, fired)
		case <-timer.C:
			fired = true
			i.sleeps++
		}
	}
}

// restart sets the timer again; the tick is read here unless the caller has done so.
func restart(t *time.Timer, d time.Duration, fired bool) bool {
	if !fired && !t.Stop() {
		select {
		case <-t.C:
		default:
		}
	}
	t.Reset(d)
	return false
}

func (i *idler) touch(n int) bool {
	select {
	case i.events <- activity{n}:
		return true
	case <-i.exited:
		return false
	}
}

func (i *idler) close() {
	i.once.Do(func() { close(i.quit) })
	<-i.exited
}

// Run touches a connection before and after it has gone idle, and after its end.
func Run() {
	i := newIdler(2 * time.Millisecond)
	for n := 0; n < 5; n++ {
		i.touch(n)
		time.Sleep(time.Duration(n) * time.Millisecond)
	}
	go i.close()
	i.close()
	i.touch(1)
}
