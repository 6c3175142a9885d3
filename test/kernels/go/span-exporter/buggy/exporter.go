package kernel

import (
	"context"
	"sync"
	"time"
)

type span struct {
	name string
	took time.Duration
}

type sender interface {
	send(ctx context.Context, batch []span) error
}

type exporter struct {
	ctx    context.Context
	cancel context.CancelFunc
	next   sender
	every  time.Duration

	mu    sync.Mutex
	batch []span
}

type exporterOption func(*exporter)

func withInterval(d time.Duration) exporterOption {
	return func(e *exporter) { e.every = d }
}

func newExporter(ctx context.Context, next sender, opts ...exporterOption) *exporter {
	e := &exporter{next: next, every: time.Second}
	for _, o := range opts {
		o(e)
	}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	go e.loop()
	return e
}

func (e *exporter) loop() {
	t := time.NewTicker(e.every)
	defer t.Stop()
	for {
		select {
		case <-e.ctx.Done():
			return
		case <-t.C:
			e.flush()
		}
	}
}

func (e *exporter) add(s span) {
	e.mu.Lock()
	e.batch = append(e.batch, s)
	full := len(e.batch) >= 100
	e.mu.Unlock()
	if full {
		e.flush()
	}
}

func (e *exporter) flush() {
	e.mu.Lock()
	b := e.batch
	e.batch = nil
	e.mu.Unlock()
	if len(b) == 0 {
		return
	}
	if err := e.next.send(e.ctx, b); err != nil {
		e.cancel()
	}
}
