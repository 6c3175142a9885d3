package kernel

import (
	"strconv"
	"sync"
)

// BranchIndex finds accounts by branch.
type BranchIndex struct {
	store *Store

	mu       sync.Mutex
	branches map[string]map[string]struct{}
}

func newBranchIndex(store *Store) *BranchIndex {
	return &BranchIndex{store: store, branches: make(map[string]map[string]struct{})}
}

func (x *BranchIndex) add(branch, id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	ids := x.branches[branch]
	if ids == nil {
		ids = make(map[string]struct{})
		x.branches[branch] = ids
	}
	ids[id] = struct{}{}
}

// Total sums the balances of a branch.
func (x *BranchIndex) Total(branch string) int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	var total int64
	for id := range x.branches[branch] {
		total += x.balance(id)
	}
	return total
}

func (x *BranchIndex) balance(id string) int64 {
	balance, err := x.store.Balance(id)
	if err != nil {
		return 0
	}
	return balance
}

// Run moves accounts while somebody sums them up.
func Run() {
	store := NewStore()
	for i := 0; i < 50; i++ {
		store.Put(strconv.Itoa(i), "north")
	}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := 0; i < 20000; i++ {
			store.Put(strconv.Itoa(i%50), "south")
		}
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 2000; i++ {
			_ = store.Branches().Total("north")
		}
	}()
	wg.Wait()
}
