package kernel

import "sync"

// Shelf has goods that can be reserved for a while.
type Shelf struct {
	mu       sync.Mutex
	free     map[string]int
	reserved map[string][]reservation
	onExpire func(owner, good string)
}

type reservation struct {
	owner string
	ticks int
}

// NewShelf returns a shelf with goods.
func NewShelf(free map[string]int) *Shelf {
	return &Shelf{free: free, reserved: make(map[string][]reservation)}
}

// NotifyExpired sets what is called when a reservation ends.
func (s *Shelf) NotifyExpired(f func(owner, good string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onExpire = f
}

// Reserve takes one of a good.
func (s *Shelf) Reserve(owner, good string, ticks int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free[good] == 0 {
		return false
	}
	s.free[good]--
	s.reserved[good] = append(s.reserved[good], reservation{owner, ticks})
	return true
}

// Tick lets time pass.
func (s *Shelf) Tick() {
	expired, notify := s.advance()
	if notify == nil {
		return
	}
	for good, owners := range expired {
		for _, owner := range owners {
			notify(owner, good)
		}
	}
}

func (s *Shelf) advance() (map[string][]string, func(owner, good string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	expired := make(map[string][]string)
	for good, list := range s.reserved {
		var kept []reservation
		for _, r := range list {
			if r.ticks--; r.ticks > 0 {
				kept = append(kept, r)
				continue
			}
			s.free[good]++
			expired[good] = append(expired[good], r.owner)
		}
		s.reserved[good] = kept
	}
	return expired, s.onExpire
}
