package kernel

import (
	"sync"
	"sync/atomic"
)

type counters struct {
	entered int64
	left    int64
}

type turnstile struct {
	counters
	open bool
	wg   sync.WaitGroup
}

func (t *turnstile) enter() { atomic.AddInt64(&t.entered, 1) }
func (t *turnstile) leave() { atomic.AddInt64(&t.left, 1) }

func (t *turnstile) inside() int64 {
	return t.entered - t.left
}

func (t *turnstile) crowd(n int) {
	defer t.wg.Done()
	for i := 0; i < n; i++ {
		t.enter()
		t.leave()
	}
}

// Run lets a crowd through and looks.
func Run() {
	t := &turnstile{open: true}
	t.wg.Add(2)
	go t.crowd(100)
	go t.crowd(100)
	for i := 0; i < 100; i++ {
		if t.inside() > 2 {
			break
		}
	}
	t.wg.Wait()
}
