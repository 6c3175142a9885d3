package kernel

import (
	"context"
	"sync"
)

type transport struct {
	handler  Handler
	inflight sync.WaitGroup
	failures chan error
}

func (t *transport) deliver(ctx context.Context, body string) {
	t.inflight.Add(1)
	go func() {
		defer t.inflight.Done()
		if err := t.handler.Handle(ctx, body); err != nil {
			select {
			case t.failures <- err:
			default:
			}
		}
	}()
}

func (t *transport) wait() { t.inflight.Wait() }

// Run delivers forms of two districts.
func Run() {
	t := &transport{handler: newCensus(), failures: make(chan error, 1)}
	for _, body := range []string{"North 3", "south 4", "north 1", "x", "South 2", "north 8"} {
		t.deliver(context.Background(), body)
	}
	t.wait()
}
