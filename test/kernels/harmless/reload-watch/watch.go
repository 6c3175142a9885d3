// Package reloadwatch restarts a goroutine, and waits for the old one first.
package reloadwatch

import (
	"context"
	"sync"
)

// Watcher watches one folder at a time.
type Watcher struct {
	mu     sync.Mutex
	folder string
	cancel context.CancelFunc
	done   chan struct{}
	events chan string
	seen   []string
}

// New watches nothing.
func New() *Watcher { return &Watcher{events: make(chan string)} }

// Watch watches a folder instead of the one before.
func (w *Watcher) Watch(folder string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopLocked()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	w.folder, w.cancel, w.done = folder, cancel, done
	go func() {
		defer close(done)
		w.loop(ctx, folder)
	}()
}

func (w *Watcher) stopLocked() {
	if w.cancel == nil {
		return
	}
	w.cancel()
	<-w.done
	w.cancel, w.done = nil, nil
}

func (w *Watcher) loop(ctx context.Context, folder string) {
	for {
		select {
		case name := <-w.events:
			w.seen = append(w.seen, folder+"/"+name)
		case <-ctx.Done():
			return
		}
	}
}

// Touch says that a file has changed.
func (w *Watcher) Touch(name string) { w.events <- name }

// Close stops.
func (w *Watcher) Close() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopLocked()
	return w.seen
}

// Run watches two folders.
func Run() {
	w := New()
	w.Watch("a")
	w.Touch("x")
	w.Watch("b")
	w.Touch("y")
	if len(w.Close()) != 2 {
		panic("a change is missing")
	}
	_ = w.Close()
}
