package kernel

import (
	"context"
	"fmt"
	"sync"
)

type rawEvent struct {
	kind    string
	object  []byte
	version int
}

type typedEvent struct {
	kind string
	name string
}

// watcher is a source of events that ends when it is stopped.
type watcher interface {
	Events() <-chan rawEvent
	Stop()
}

type decoder func(rawEvent) (typedEvent, bool)

type bridge struct {
	source watcher
	decode decoder
	out    chan typedEvent
}

func newBridge(ctx context.Context, source watcher, decode decoder) *bridge {
	b := &bridge{source: source, decode: decode, out: make(chan typedEvent)}
	go b.pump(ctx)
	return b
}

func (b *bridge) pump(ctx context.Context) {
	defer close(b.out)
	defer b.source.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case raw, ok := <-b.source.Events():
			if !ok {
				return
			}
			if ev, ok := b.decode(raw); ok {
				b.deliver(ctx, ev)
			}
		}
	}
}

func (b *bridge) deliver(ctx context.Context, ev typedEvent) {
	select {
	case b.out <- ev:
	case <-ctx.Done():
	}
}

type queueWatcher struct {
	events chan rawEvent
	once   sync.Once
}

func newQueueWatcher(n int) *queueWatcher {
	w := &queueWatcher{events: make(chan rawEvent, n)}
	for i := 0; i < n; i++ {
		w.events <- rawEvent{kind: "ADDED", object: []byte(fmt.Sprint("pod-", i)), version: i}
	}
	return w
}

func (w *queueWatcher) Events() <-chan rawEvent { return w.events }
func (w *queueWatcher) Stop()                   { w.once.Do(func() { close(w.events) }) }

type waiter struct {
	seen []string
}

// until reads events until one has the name.
func (w *waiter) until(ctx context.Context, b *bridge, name string) error {
	for {
		select {
		case ev, ok := <-b.out:
			if !ok {
				return fmt.Errorf("watch ended before %s", name)
			}
			w.seen = append(w.seen, ev.name)
			if ev.name == name {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Run waits for the third of ten objects.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b := newBridge(ctx, newQueueWatcher(10), func(r rawEvent) (typedEvent, bool) {
		return typedEvent{r.kind, string(r.object)}, r.version >= 0
	})
	w := &waiter{}
	if err := w.until(ctx, b, "pod-2"); err != nil {
		panic(err)
	}
}
