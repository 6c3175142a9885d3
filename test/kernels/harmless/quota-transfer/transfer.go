package kernel

import (
	"errors"
	"sync"
)

var errShort = errors.New("not enough quota")

// Tenant has some quota.
type Tenant struct {
	id int

	mu    sync.Mutex
	quota int
	moves int
}

// Manager moves quota between tenants.
type Manager struct {
	mu      sync.RWMutex
	tenants map[int]*Tenant
}

// NewManager returns a manager with count tenants.
func NewManager(count, quota int) *Manager {
	m := &Manager{tenants: make(map[int]*Tenant)}
	for i := 0; i < count; i++ {
		m.tenants[i] = &Tenant{id: i, quota: quota}
	}
	return m
}

func (m *Manager) tenant(id int) *Tenant {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.tenants[id]
}

func lockPair(a, b *Tenant) func() {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

// Move takes quota from one tenant to another.
func (m *Manager) Move(from, to, amount int) error {
	if from == to {
		return nil
	}
	src, dst := m.tenant(from), m.tenant(to)
	unlock := lockPair(src, dst)
	defer unlock()
	if src.quota < amount {
		return errShort
	}
	src.quota -= amount
	dst.quota += amount
	src.moves++
	dst.moves++
	return nil
}

// Total sums the quota with everything standing still.
func (m *Manager) Total(count int) int {
	for i := 0; i < count; i++ {
		m.tenant(i).mu.Lock()
	}
	total := 0
	for i := count - 1; i >= 0; i-- {
		t := m.tenant(i)
		total += t.quota
		t.mu.Unlock()
	}
	return total
}

// Run moves quota in both directions.
func Run() {
	const tenants = 4
	m := NewManager(tenants, 1000)
	var wg sync.WaitGroup
	for w := 0; w < 4; w++ {
		wg.Add(1)
		go func(w int) {
			defer wg.Done()
			for i := 0; i < 500; i++ {
				if w%2 == 0 {
					_ = m.Move(i%tenants, (i+w)%tenants, 1)
				} else {
					_ = m.Move((i+w)%tenants, i%tenants, 1)
				}
			}
		}(w)
	}
	for i := 0; i < 50; i++ {
		if m.Total(tenants) != tenants*1000 {
			panic("quota was lost")
		}
	}
	wg.Wait()
}
