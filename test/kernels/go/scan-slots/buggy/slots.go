package kernel

import (
	"context"
	"sync"
)

type ticket struct {
	owner string
	pool  *slotPool
}

func (t *ticket) release() {
	t.pool.put(t)
}

type slotPool struct {
	tokens chan struct{}

	mu     sync.Mutex
	active map[*ticket]struct{}
	peak   int
}

func newSlotPool(n int) *slotPool {
	return &slotPool{
		tokens: make(chan struct{}, n),
		active: make(map[*ticket]struct{}),
	}
}

func (p *slotPool) acquire(ctx context.Context, owner string) (*ticket, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t := &ticket{owner: owner, pool: p}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.take()
	p.active[t] = struct{}{}
	if n := len(p.active); n > p.peak {
		p.peak = n
	}
	return t, nil
}

func (p *slotPool) take() {
	p.tokens <- struct{}{}
}

func (p *slotPool) put(t *ticket) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.active[t]; !ok {
		return
	}
	delete(p.active, t)
	<-p.tokens
}
