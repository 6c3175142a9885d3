package kernel

import (
	"errors"
	"sync"
)

var errTooLarge = errors.New("request exceeds the budget")

type budget struct {
	mu      sync.Mutex
	freed   *sync.Cond
	total   int64
	used    int64
	waiting int
}

func newBudget(total int64) *budget {
	b := &budget{total: total}
	b.freed = sync.NewCond(&b.mu)
	return b
}

func (b *budget) fits(n int64) bool { return b.used+n <= b.total }

// reserve waits until n bytes are free.
func (b *budget) reserve(n int64) (*reservation, error) {
	if n > b.total {
		return nil, errTooLarge
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting++
	for !b.fits(n) {
		b.freed.Wait()
	}
	b.waiting--
	b.used += n
	return &reservation{budget: b, size: n}, nil
}

func (b *budget) give(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.used -= n
	if b.waiting > 0 {
		b.freed.Broadcast()
	}
}

func (b *budget) blocked() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.waiting
}

type reservation struct {
	budget *budget
	size   int64
	once   sync.Once
}

func (r *reservation) free() {
	r.once.Do(func() { r.budget.give(r.size) })
}

// shrink gives a part of the reservation back.
func (r *reservation) shrink(to int64) {
	if to < r.size {
		r.budget.give(r.size - to)
		r.size = to
	}
}
