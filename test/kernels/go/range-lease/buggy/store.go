package kernel

import (
	"sync"
	"time"
)

// Store has the replicas of one disk.
type Store struct {
	nodeID int

	mu struct {
		sync.Mutex
		replicas map[RangeID]*Replica
		leases   map[RangeID]int
	}
}

// NewStore returns a store with count replicas.
func NewStore(nodeID, count int) *Store {
	s := &Store{nodeID: nodeID}
	s.mu.replicas = make(map[RangeID]*Replica)
	s.mu.leases = make(map[RangeID]int)
	for i := 0; i < count; i++ {
		s.addReplica(RangeID(i))
	}
	return s
}

func (s *Store) addReplica(id RangeID) {
	r := &Replica{id: id, log: slowLog{50 * time.Microsecond}, onLeaseChange: s.leaseChanged}
	s.mu.Lock()
	s.mu.replicas[id] = r
	s.mu.Unlock()
}

func (s *Store) leaseChanged(id RangeID, holder int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.leases[id] = holder
}

func (s *Store) replica(id RangeID) *Replica {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.replicas[id]
}

// Capacity sums the load of the leases that are here.
func (s *Store) Capacity() (leases int, load float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.mu.replicas {
		holder, l := r.Holder()
		if holder == s.nodeID {
			leases++
			load += l
		}
	}
	return leases, load
}

// Run moves leases while the capacity is computed.
func Run() {
	const ranges = 2
	s := NewStore(1, ranges)
	var wg sync.WaitGroup
	moved := make(chan struct{})
	wg.Add(2)
	go func() {
		defer wg.Done()
		defer close(moved)
		for epoch := int64(1); epoch < 300; epoch++ {
			s.replica(RangeID(epoch%ranges)).ApplyLease(int(epoch%3), epoch)
		}
	}()
	go func() {
		defer wg.Done()
		for {
			select {
			case <-moved:
				return
			default:
				s.Capacity()
			}
		}
	}()
	wg.Wait()
}
