package kernel

import (
	"sync"
	"time"
)

type peerState int

const (
	alive peerState = iota
	suspect
	left
)

type peer struct {
	mu       sync.Mutex
	name     string
	state    peerState
	lastSeen time.Time
	misses   int
}

// Table has the peers that gossip has told about.
type Table struct {
	mu    sync.RWMutex
	peers map[string]*peer

	suspectAfter time.Duration
	maxMisses    int
	clock        func() time.Time
}

// TableOption changes a new Table.
type TableOption func(*Table)

// WithClock replaces the clock.
func WithClock(clock func() time.Time) TableOption {
	return func(t *Table) { t.clock = clock }
}

// NewTable returns a table without peers.
func NewTable(opts ...TableOption) *Table {
	t := &Table{peers: make(map[string]*peer), suspectAfter: time.Second, maxMisses: 2, clock: time.Now}
	for _, opt := range opts {
		opt(t)
	}
	return t
}

// Heard notes a sign of life.
func (t *Table) Heard(name string) {
	t.mu.Lock()
	p, ok := t.peers[name]
	if !ok {
		p = &peer{name: name}
		t.peers[name] = p
	}
	t.mu.Unlock()

	p.mu.Lock()
	p.lastSeen, p.misses, p.state = t.clock(), 0, alive
	p.mu.Unlock()
}

// Leave notes that a peer went by itself.
func (t *Table) Leave(name string) {
	t.mu.RLock()
	p := t.peers[name]
	t.mu.RUnlock()
	if p == nil {
		return
	}
	p.mu.Lock()
	p.state = left
	p.mu.Unlock()
}

func (t *Table) snapshot() []*peer {
	t.mu.RLock()
	defer t.mu.RUnlock()
	peers := make([]*peer, 0, len(t.peers))
	for _, p := range t.peers {
		peers = append(peers, p)
	}
	return peers
}

// Probe looks for peers that were silent too long and returns their names.
func (t *Table) Probe() []string {
	now := t.clock()
	var lost []string
	for _, p := range t.snapshot() {
		p.mu.Lock()
		if p.state == left {
			continue
		}
		if now.Sub(p.lastSeen) < t.suspectAfter {
			p.mu.Unlock()
			continue
		}
		p.state = suspect
		p.misses++
		if p.misses >= t.maxMisses {
			lost = append(lost, p.name)
		}
		p.mu.Unlock()
	}
	return lost
}

// Run probes peers, of which one leaves and comes back.
func Run() {
	now := time.Unix(0, 0)
	t := NewTable(WithClock(func() time.Time { return now }))
	t.Heard("a")
	t.Heard("b")
	now = now.Add(2 * time.Second)
	t.Probe()
	t.Leave("b")
	t.Probe()
	t.Heard("b")
	t.Probe()
}
