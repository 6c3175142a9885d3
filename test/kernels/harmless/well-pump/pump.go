package kernel

import (
	"context"
	"sync"
	"time"
)

type state int

const (
	idle state = iota
	pumping
	stopped
)

type pump struct {
	mu     sync.Mutex
	state  state
	cancel context.CancelFunc
	done   chan struct{}
	litres int
}

func (p *pump) start(parent context.Context) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state != idle {
		return false
	}
	ctx, cancel := context.WithCancel(parent)
	p.cancel = cancel
	p.done = make(chan struct{})
	p.state = pumping
	go p.run(ctx, p.done)
	return true
}

func (p *pump) run(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	timer := time.NewTimer(time.Millisecond)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			p.mu.Lock()
			p.litres++
			p.mu.Unlock()
			timer.Reset(time.Millisecond)
		case <-ctx.Done():
			return
		}
	}
}

func (p *pump) stop() {
	p.mu.Lock()
	if p.state != pumping {
		p.mu.Unlock()
		return
	}
	p.state = stopped
	cancel, done := p.cancel, p.done
	p.mu.Unlock()
	cancel()
	<-done
	p.mu.Lock()
	p.state = idle
	p.mu.Unlock()
}

// Run starts a pump twice and stops it twice.
func Run() {
	p := &pump{}
	for i := 0; i < 2; i++ {
		p.start(context.Background())
		p.start(context.Background())
		time.Sleep(3 * time.Millisecond)
		p.stop()
		p.stop()
	}
}
