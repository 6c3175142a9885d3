package kernel

import (
	"context"
	"sync"
	"time"
)

type aspect int

const (
	stopAspect aspect = iota
	clearAspect
)

type signalPost struct {
	id     string
	aspect aspect
}

type track struct {
	mu      sync.RWMutex
	signals map[string]*signalPost
	acks    chan string
	trains  sync.WaitGroup
}

func (t *track) train(ctx context.Context, at string) {
	defer t.trains.Done()
	for {
		if t.aspectOf(at) == clearAspect {
			t.acks <- at
			return
		}
		select {
		case <-time.After(time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

func (t *track) aspectOf(id string) aspect {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.signals[id].aspect
}

func (t *track) clear(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.signals[id].aspect = clearAspect
	for acked := range t.acks {
		if acked == id {
			return
		}
	}
}

// Run clears a signal for a train that waits.
func Run() {
	t := &track{signals: map[string]*signalPost{"S1": {id: "S1"}}, acks: make(chan string)}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	t.trains.Add(1)
	go t.train(ctx, "S1")
	time.Sleep(3 * time.Millisecond)
	t.clear("S1")
	t.trains.Wait()
}
