package kernel

import (
	"errors"
	"strconv"
	"sync"
)

var errExpired = errors.New("lease expired")

// Lease is a claim on a resource for a while.
type Lease struct {
	ID      string
	Holder  string
	Renewed int
}

// Table keeps the leases of a node.
type Table struct {
	mu     sync.Mutex
	leases map[string]*Lease
	limit  int
}

// NewTable returns a table that holds so many leases.
func NewTable(limit int) *Table {
	return &Table{leases: make(map[string]*Lease), limit: limit}
}

// Grant adds a lease.
func (t *Table) Grant(id, holder string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.leases) >= t.limit {
		return errors.New("no lease left")
	}
	t.leases[id] = &Lease{ID: id, Holder: holder}
	return nil
}

// Revoke removes a lease.
func (t *Table) Revoke(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.leases, id)
}

// Each calls visit with every lease until it returns an error.
func (t *Table) Each(visit func(*Lease) error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, lease := range t.leases {
		if err := visit(lease); err != nil {
			return err
		}
	}
	return nil
}

// Sweeper renews leases and drops those that were renewed too often.
type Sweeper struct {
	table   *Table
	most    int
	dropped []string
}

// Sweep goes over the table once.
func (s *Sweeper) Sweep() error {
	err := s.table.Each(func(lease *Lease) error {
		lease.Renewed++
		if lease.Renewed > s.most {
			s.dropped = append(s.dropped, lease.ID)
		}
		if lease.Holder == "" {
			return errExpired
		}
		return nil
	})
	for _, id := range s.dropped {
		s.table.Revoke(id)
	}
	return err
}

// Run sweeps a table of three leases twice.
func Run() {
	table := NewTable(8)
	for i := 0; i < 3; i++ {
		_ = table.Grant(strconv.Itoa(i), "node")
	}
	sweeper := &Sweeper{table: table, most: 1}
	_ = sweeper.Sweep()
	_ = sweeper.Sweep()
}
