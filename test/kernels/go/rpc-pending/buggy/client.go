package kernel

import (
	"context"
	"sync"
	"sync/atomic"
)

type frame struct {
	id   uint64
	body string
}

type wire interface {
	send(frame) error
	recv() (frame, bool)
}

type pendingCalls struct {
	mu    sync.Mutex
	calls map[uint64]chan<- frame
}

func (p *pendingCalls) add(id uint64, ch chan<- frame) {
	p.mu.Lock()
	p.calls[id] = ch
	p.mu.Unlock()
}

func (p *pendingCalls) take(id uint64) (chan<- frame, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ch, ok := p.calls[id]
	delete(p.calls, id)
	return ch, ok
}

type client struct {
	w       wire
	next    atomic.Uint64
	pending pendingCalls
}

func dial(w wire) *client {
	c := &client{w: w, pending: pendingCalls{calls: map[uint64]chan<- frame{}}}
	go c.readLoop()
	return c
}

func (c *client) readLoop() {
	for {
		f, ok := c.w.recv()
		if !ok {
			return
		}
		if ch, ok := c.pending.take(f.id); ok {
			ch <- f
		}
	}
}

func (c *client) call(ctx context.Context, body string) (string, error) {
	id := c.next.Add(1)
	answer := make(chan frame)
	c.pending.add(id, answer)
	if err := c.w.send(frame{id: id, body: body}); err != nil {
		c.pending.take(id)
		return "", err
	}
	select {
	case f := <-answer:
		return f.body, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
