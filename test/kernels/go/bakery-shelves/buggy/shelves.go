package kernel

import (
	"errors"
	"sync"
)

var errShut = errors.New("bakery: shut")

type loaf struct{ kind string }

// Shelf holds loaves between the oven and the counter.
type Shelf struct {
	mu     sync.Mutex
	moved  *sync.Cond
	loaves []loaf
	room   int
	shut   bool
}

// NewShelf has room for some loaves.
func NewShelf(room int) *Shelf {
	s := &Shelf{room: room}
	s.moved = sync.NewCond(&s.mu)
	return s
}

// Put waits for room.
func (s *Shelf) Put(l loaf) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.loaves) >= s.room && !s.shut {
		s.moved.Wait()
	}
	if s.shut {
		return errShut
	}
	s.loaves = append(s.loaves, l)
	s.moved.Broadcast()
	return nil
}

// Take waits for a loaf; what is left can be taken after the end.
func (s *Shelf) Take() (loaf, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.loaves) == 0 && !s.shut {
		s.moved.Wait()
	}
	if len(s.loaves) == 0 {
		return loaf{}, errShut
	}
	l := s.loaves[0]
	s.loaves = s.loaves[1:]
	s.moved.Broadcast()
	return l, nil
}

// Shut lets nobody wait any longer.
func (s *Shelf) Shut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = true
}
