package kernel

import (
	"fmt"
	"sort"
	"sync"
)

type idStore struct {
	lock  sync.RWMutex
	ids   map[string]string
	flags []string
}

func (s *idStore) setUnderConstruction(id string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.flags = append(s.flags, id)
}

func (s *idStore) pending() []string {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return append([]string(nil), s.flags...)
}

func (s *idStore) commit(id, genesis string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.ids[id] = genesis
	s.flags = nil
}

func (s *idStore) all() []string {
	s.lock.RLock()
	defer s.lock.RUnlock()
	var out []string
	for id := range s.ids {
		out = append(out, id)
	}
	sort.Strings(out)
	return out
}

type stateDB interface {
	Height(ledger string) uint64
	Drop(ledger string)
}

type memDB struct {
	sync.Mutex
	heights map[string]uint64
}

func (m *memDB) Height(l string) uint64 {
	m.Lock()
	defer m.Unlock()
	return m.heights[l]
}

func (m *memDB) Drop(l string) {
	m.Lock()
	defer m.Unlock()
	delete(m.heights, l)
}

// Provider opens ledgers and repairs the ones left half made.
type Provider struct {
	access sync.Mutex
	ids    *idStore
	db     stateDB
	open   map[string]bool
	closed bool
}

// NewProvider returns a provider after recovery.
func NewProvider(db stateDB, leftovers ...string) *Provider {
	p := &Provider{ids: &idStore{ids: map[string]string{}}, db: db, open: map[string]bool{}}
	for _, id := range leftovers {
		p.ids.setUnderConstruction(id)
	}
	p.start()
	return p
}

func (p *Provider) start() {
	p.access.Lock()
	defer p.access.Unlock()
	for _, id := range p.ids.pending() {
		p.recover(id)
	}
}

func (p *Provider) recover(id string) {
	switch h := p.db.Height(id); {
	case h == 0:
		p.db.Drop(id)
	case h == 1:
		p.finish(id, fmt.Sprintf("genesis-%s", id))
	default:
		panic("ledger half made with blocks")
	}
}

func (p *Provider) finish(id, genesis string) {
	p.ids.commit(id, genesis)
	if !p.existsLocked(id) {
		panic("commit lost")
	}
}

// Exists tells whether a ledger is known.
func (p *Provider) Exists(id string) bool {
	p.access.Lock()
	defer p.access.Unlock()
	return p.existsLocked(id)
}

func (p *Provider) existsLocked(id string) bool {
	if p.closed {
		return false
	}
	for _, have := range p.ids.all() {
		if have == id {
			return true
		}
	}
	return false
}

// Close ends the provider.
func (p *Provider) Close() {
	p.access.Lock()
	p.closed = true
	p.access.Unlock()
}

// Run recovers an empty and a started ledger.
func Run() {
	db := &memDB{heights: map[string]uint64{"trade": 1}}
	a := NewProvider(db, "empty")
	a.Close()
	b := NewProvider(db, "trade")
	defer b.Close()
	_ = b.Exists("trade")
}
