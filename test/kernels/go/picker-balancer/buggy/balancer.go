package kernel

import (
	"context"
	"errors"
	"sort"
	"sync"
	"time"
)

var errNoBackends = errors.New("no backends")

type connectivity int

const (
	connecting connectivity = iota
	ready
	failed
)

type stateChange struct {
	address string
	state   connectivity
}

// Picker chooses a backend for a call.
type Picker interface {
	Pick() (string, error)
}

type roundRobin struct {
	mu   sync.Mutex
	next int
	list []string
}

func (r *roundRobin) Pick() (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a := r.list[r.next%len(r.list)]
	r.next++
	return a, nil
}

type failing struct{ err error }

func (f failing) Pick() (string, error) { return "", f.err }

// Balancer keeps a picker up to date with the state of the backends.
type Balancer struct {
	ctx     context.Context
	cancel  context.CancelFunc
	changes chan stateChange
	done    chan struct{}

	mu     sync.RWMutex
	picker Picker
}

// NewBalancer starts a balancer that ends with ctx.
func NewBalancer(ctx context.Context) *Balancer {
	b := &Balancer{changes: make(chan stateChange), done: make(chan struct{}), picker: failing{errNoBackends}}
	b.ctx, b.cancel = context.WithCancel(ctx)
	go b.loop()
	return b
}

func (b *Balancer) loop() {
	defer close(b.done)
	states := make(map[string]connectivity)
	for {
		select {
		case c := <-b.changes:
			states[c.address] = c.state
			b.regenerate(states)
		case <-b.ctx.Done():
			return
		}
	}
}

func (b *Balancer) regenerate(states map[string]connectivity) {
	var list []string
	for address, s := range states {
		if s == ready {
			list = append(list, address)
		}
	}
	sort.Strings(list)
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(list) == 0 {
		b.picker = failing{errNoBackends}
		return
	}
	b.picker = &roundRobin{list: list}
}

// HandleState is called by connections when their state changes.
func (b *Balancer) HandleState(address string, s connectivity) {
	b.changes <- stateChange{address, s}
}

// Pick chooses a backend.
func (b *Balancer) Pick() (string, error) {
	b.mu.RLock()
	p := b.picker
	b.mu.RUnlock()
	return p.Pick()
}

// Close ends the balancer.
func (b *Balancer) Close() {
	b.cancel()
	<-b.done
}

type subConn struct {
	address  string
	listener func(address string, s connectivity)
	wg       *sync.WaitGroup
}

func (s *subConn) run(lifetime time.Duration) {
	defer s.wg.Done()
	s.listener(s.address, connecting)
	s.listener(s.address, ready)
	time.Sleep(lifetime)
	s.listener(s.address, failed)
}

// Run closes a balancer while its connections still live.
func Run() {
	b := NewBalancer(context.Background())
	var wg sync.WaitGroup
	for _, a := range []string{"10.1.0.1", "10.1.0.2"} {
		wg.Add(1)
		go (&subConn{address: a, listener: b.HandleState, wg: &wg}).run(30 * time.Millisecond)
	}
	time.Sleep(10 * time.Millisecond)
	_, _ = b.Pick()
	b.Close()
	wg.Wait()
}
