package kernel

import (
	"context"
	"sync/atomic"
	"time"
)

type countingSender struct {
	n atomic.Int64
}

func (c *countingSender) send(ctx context.Context, batch []span) error {
	c.n.Add(int64(len(batch)))
	return ctx.Err()
}

type provider struct {
	stop context.CancelFunc
	exps []*exporter
}

func newProvider(parent context.Context, senders ...sender) *provider {
	ctx, cancel := context.WithCancel(parent)
	p := &provider{stop: cancel}
	for _, s := range senders {
		p.exps = append(p.exps, newExporter(ctx, s, withInterval(2*time.Millisecond)))
	}
	return p
}

func (p *provider) record(s span) {
	for _, e := range p.exps {
		e.add(s)
	}
}

func (p *provider) shutdown() {
	p.stop()
	for _, e := range p.exps {
		e.flush()
	}
	p.exps = nil
}

// Run records some spans and shuts the provider down.
func Run() {
	p := newProvider(context.Background(), &countingSender{}, &countingSender{})
	for i := 0; i < 5; i++ {
		p.record(span{"op", time.Duration(i)})
	}
	time.Sleep(5 * time.Millisecond)
	p.shutdown()
}
