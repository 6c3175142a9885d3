// Package stock keeps what a warehouse has on its shelves.
package stock

import "sync"

// Shelf holds the pieces of one kind of goods. Whoever changes several things at once holds its lock meanwhile.
type Shelf struct {
	sync.RWMutex
	name     string
	pieces   int
	reserved map[string]int
}

// NewShelf returns a shelf with some pieces on it.
func NewShelf(name string, pieces int) *Shelf {
	return &Shelf{name: name, pieces: pieces, reserved: make(map[string]int)}
}

// Name returns what lies on the shelf.
func (s *Shelf) Name() string {
	return s.name
}

// Free returns how many pieces nobody has reserved.
func (s *Shelf) Free() int {
	s.RLock()
	defer s.RUnlock()
	return s.free()
}

func (s *Shelf) free() int {
	taken := 0
	for _, count := range s.reserved {
		taken += count
	}
	return s.pieces - taken
}

// Put adds pieces. The caller holds the lock.
func (s *Shelf) Put(count int) {
	s.pieces += count
}

// Reserve keeps pieces for an order. The caller holds the lock.
func (s *Shelf) Reserve(order string, count int) {
	s.reserved[order] += count
}

// Release gives up what an order has reserved.
func (s *Shelf) Release(order string) {
	s.Lock()
	delete(s.reserved, order)
	s.Unlock()
}
