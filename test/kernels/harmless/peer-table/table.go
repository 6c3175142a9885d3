package kernel

import (
	"fmt"
	"strings"
	"sync"
)

type peerInfo struct {
	Addr  string
	Score int
}

func (p peerInfo) String() string { return fmt.Sprintf("%s=%d", p.Addr, p.Score) }

type peerTable struct {
	mu    sync.RWMutex
	peers map[string]*peerInfo
	name  string
}

func newPeerTable(name string, addrs ...string) *peerTable {
	t := &peerTable{name: name, peers: make(map[string]*peerInfo)}
	for _, a := range addrs {
		t.insertLocked(a)
	}
	return t
}

func (t *peerTable) insertLocked(addr string) *peerInfo {
	p := t.peers[addr]
	if p == nil {
		p = &peerInfo{Addr: addr}
		t.peers[addr] = p
	}
	return p
}

func (t *peerTable) reward(addr string, by int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.insertLocked(addr).Score += by
}

func (t *peerTable) bestLocked() (best peerInfo) {
	for _, p := range t.peers {
		if p.Score >= best.Score {
			best = *p
		}
	}
	return best
}

func (t *peerTable) best() peerInfo {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.bestLocked()
}

func (t *peerTable) describe() string {
	t.mu.RLock()
	best, n := t.bestLocked(), len(t.peers)
	t.mu.RUnlock()
	return fmt.Sprintf("%s: %d peers, best %v", t, n, best)
}

func (t *peerTable) String() string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return strings.ToUpper(t.name)
}

func (t *peerTable) check(min int) error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if b := t.bestLocked(); b.Score < min {
		return fmt.Errorf("best peer is %v", b)
	}
	return nil
}

// Run rewards peers while they are described.
func Run() {
	t := newPeerTable("lan", "a", "b")
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := 0; i < 500; i++ {
			t.reward("a", 1)
		}
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 500; i++ {
			_ = t.describe()
			_ = t.check(1000)
			_ = t.best()
		}
	}()
	wg.Wait()
}
