// Package limits counts what tenants have used.
package limits

import "sync"

// Usage is what one tenant has used.
type Usage struct {
	Bytes  int64
	Closed bool
}

// Table counts for all tenants.
type Table struct {
	mu   sync.RWMutex
	used map[string]*Usage
}

// NewTable returns an empty table.
func NewTable() *Table {
	return &Table{used: make(map[string]*Usage)}
}

// Add counts bytes for a tenant.
func (t *Table) Add(tenant string, bytes int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	usage, ok := t.used[tenant]
	if !ok {
		usage = &Usage{}
		t.used[tenant] = usage
	}
	usage.Bytes += bytes
}

// Drop forgets a tenant.
func (t *Table) Drop(tenant string) {
	t.mu.Lock()
	delete(t.used, tenant)
	t.mu.Unlock()
}

// Tenants returns the names of all tenants.
func (t *Table) Tenants() []string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	names := make([]string, 0, len(t.used))
	for name := range t.used {
		names = append(names, name)
	}
	return names
}

// Visit shows each tenant to a function until it wants no more.
func (t *Table) Visit(visit func(tenant string, usage Usage) bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for name, usage := range t.used {
		if !visit(name, *usage) {
			return
		}
	}
}
