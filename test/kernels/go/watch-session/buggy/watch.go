package kernel

import (
	"context"
	"time"
)

type watchStream struct {
	addr   string
	events chan string
	notify func(string)
}

func openWatch(ctx context.Context, addr string, notify func(string)) *watchStream {
	w := &watchStream{addr: addr, events: make(chan string, 4), notify: notify}
	go w.pump(ctx)
	return w
}

func (w *watchStream) pump(ctx context.Context) {
	for {
		select {
		case e := <-w.events:
			w.notify(w.addr + ": " + e)
		case <-ctx.Done():
			return
		}
	}
}

type balancer struct {
	s     *session
	addrs []string
	next  int
}

func (b *balancer) failover(ctx context.Context) {
	b.s.connect(ctx, b.addrs[b.next%len(b.addrs)])
	b.next++
}

// Run fails over between servers.
func Run() {
	s := &session{}
	b := &balancer{s: s, addrs: []string{"one:1", "two:2", "three:3"}}
	for i := 0; i < 3; i++ {
		b.failover(context.Background())
		s.current.events <- "put"
		time.Sleep(2 * time.Millisecond)
	}
	s.close()
}
