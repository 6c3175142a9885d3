package kernel

import (
	"context"
	"errors"
	"time"
)

// Source is asked for new entries.
type Source interface {
	Latest(ctx context.Context) ([]string, error)
}

// Status is what a poller says about itself.
type Status struct {
	LastSeen string
	LastErr  error
	Polls    int
}

// Poller asks a source again and again.
type Poller struct {
	source   Source
	interval time.Duration
	entries  chan string

	lastSeen string
	lastErr  error
	polls    int

	cancel context.CancelFunc
	done   chan struct{}
}

// NewPoller returns a poller that is not started.
func NewPoller(source Source, interval time.Duration) *Poller {
	return &Poller{
		source:   source,
		interval: interval,
		entries:  make(chan string, 64),
		done:     make(chan struct{}),
	}
}

// Start begins polling.
func (p *Poller) Start(ctx context.Context) {
	ctx, p.cancel = context.WithCancel(ctx)
	go p.loop(ctx)
}

func (p *Poller) loop(ctx context.Context) {
	defer close(p.done)
	ticker := time.NewTicker(p.interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.poll(ctx)
		case <-ctx.Done():
			return
		}
	}
}

func (p *Poller) poll(ctx context.Context) {
	p.polls++
	entries, err := p.source.Latest(ctx)
	p.lastErr = err
	if err != nil {
		return
	}
	for _, entry := range entries {
		select {
		case p.entries <- entry:
			p.lastSeen = entry
		default:
		}
	}
}

// Entries is where new entries arrive.
func (p *Poller) Entries() <-chan string { return p.entries }

// Status tells how polling goes.
func (p *Poller) Status() Status {
	return Status{LastSeen: p.lastSeen, LastErr: p.lastErr, Polls: p.polls}
}

// Stop ends polling.
func (p *Poller) Stop() {
	p.cancel()
	<-p.done
}

type flaky struct{ n int }

func (f *flaky) Latest(context.Context) ([]string, error) {
	f.n++
	if f.n%3 == 0 {
		return nil, errors.New("temporarily unavailable")
	}
	return []string{"entry"}, nil
}

// Run polls for a while and looks at the status now and then.
func Run() {
	poller := NewPoller(&flaky{}, time.Millisecond)
	poller.Start(context.Background())
	for i := 0; i < 10; i++ {
		time.Sleep(2 * time.Millisecond)
		_ = poller.Status()
	}
	poller.Stop()
	_ = poller.Status()
}
