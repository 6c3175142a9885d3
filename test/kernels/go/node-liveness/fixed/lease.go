package kernel

import (
	"fmt"
	"sync"
)

type lease struct {
	Holder string
	Epoch  int
}

// NodeStore keeps who holds which range.
type NodeStore struct {
	ID string

	mu struct {
		sync.RWMutex
		leases   map[int]lease
		draining bool
	}
}

func newNodeStore(id string) *NodeStore {
	s := &NodeStore{ID: id}
	s.mu.leases = make(map[int]lease)
	return s
}

func (s *NodeStore) String() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	state := "live"
	if s.mu.draining {
		state = "draining"
	}
	return fmt.Sprintf("%s[%s,%d]", s.ID, state, len(s.mu.leases))
}

func (s *NodeStore) acquire(r int, holder string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.mu.leases[r]
	if l.Holder != holder {
		l = lease{Holder: holder, Epoch: l.Epoch + 1}
	}
	s.mu.leases[r] = l
}

type notHolderError struct {
	rangeID int
	msg     string
}

func (e *notHolderError) Error() string { return fmt.Sprintf("r%d: %s", e.rangeID, e.msg) }

func (s *NodeStore) check(r int, holder string) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	l, ok := s.mu.leases[r]
	if !ok {
		return &notHolderError{r, "no lease"}
	}
	if l.Holder != holder {
		return s.notHolder(r, l, holder)
	}
	return nil
}

func (s *NodeStore) notHolder(r int, l lease, wanted string) error {
	return &notHolderError{r, fmt.Sprintf("%v: lease of %s at epoch %d, not %s", s.ID, l.Holder, l.Epoch, wanted)}
}

// Run checks leases while they change hands.
func Run() {
	s := newNodeStore("n1")
	s.acquire(1, "a")
	var wg sync.WaitGroup
	for _, holder := range []string{"a", "b", "c"} {
		wg.Add(2)
		go func(h string) {
			defer wg.Done()
			for i := 0; i < 20000; i++ {
				s.acquire(1, h)
			}
		}(holder)
		go func(h string) {
			defer wg.Done()
			for i := 0; i < 20000; i++ {
				_ = s.check(1, h)
			}
		}(holder)
	}
	wg.Wait()
}
