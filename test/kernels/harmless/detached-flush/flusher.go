package kernel

import (
	"context"
	"sync"
	"time"
)

type flusher struct {
	ctx    context.Context
	cancel context.CancelFunc
	wake   chan struct{}
	mu     sync.Mutex
	dirty  int
	wrote  int
}

func newFlusher() *flusher {
	f := &flusher{wake: make(chan struct{}, 1)}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	go f.run()
	return f
}

func (f *flusher) mark() {
	f.mu.Lock()
	f.dirty++
	f.mu.Unlock()
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *flusher) run() {
	for {
		select {
		case <-f.wake:
			f.write()
		case <-f.ctx.Done():
			f.write()
			return
		}
	}
}

func (f *flusher) write() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wrote += f.dirty
	f.dirty = 0
}

type volume struct {
	f      *flusher
	detach func() bool
}

func mount(ctx context.Context) *volume {
	f := newFlusher()
	return &volume{f: f, detach: context.AfterFunc(ctx, f.cancel)}
}

func (v *volume) unmount() {
	if v.detach() {
		v.f.cancel()
	}
}

// Run mounts one volume that is unmounted and one whose context ends.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	a, b := mount(ctx), mount(ctx)
	a.f.mark()
	b.f.mark()
	a.unmount()
	time.Sleep(2 * time.Millisecond)
	cancel()
	b.unmount()
}
