package kernel

import (
	"errors"
	"sync"
)

var errSame = errors.New("same volume")

type extent struct {
	start, length int
}

type volume struct {
	serial int

	mu      sync.Mutex
	extents []extent
	free    int
}

func (v *volume) total() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.totalLocked()
}

func (v *volume) totalLocked() int {
	sum := v.free
	for _, e := range v.extents {
		sum += e.length
	}
	return sum
}

type pair struct {
	first, second *volume
}

func ordered(a, b *volume) pair {
	if a.serial < b.serial {
		return pair{a, b}
	}
	return pair{b, a}
}

func (p pair) lock() {
	p.first.mu.Lock()
	p.second.mu.Lock()
}

func (p pair) unlock() {
	p.second.mu.Unlock()
	p.first.mu.Unlock()
}

// swap exchanges what two volumes hold.
func (v *volume) swap(with *volume) error {
	if v == with {
		return errSame
	}
	p := ordered(v, with)
	p.lock()
	defer p.unlock()
	v.extents, with.extents = with.extents, v.extents
	v.free, with.free = with.free, v.free
	return nil
}

// evacuate moves the last extent of v over to target if it has room.
func (v *volume) evacuate(target *volume) bool {
	if v == target {
		return false
	}
	p := ordered(v, target)
	p.lock()
	defer p.unlock()
	n := len(v.extents)
	if n == 0 || target.free < v.extents[n-1].length {
		return false
	}
	e := v.extents[n-1]
	v.extents = v.extents[:n-1]
	v.free += e.length
	target.free -= e.length
	target.extents = append(target.extents, e)
	return true
}

// Run swaps and evacuates in both directions.
func Run() {
	a := &volume{serial: 1, free: 10, extents: []extent{{0, 4}, {4, 2}}}
	b := &volume{serial: 2, free: 20, extents: []extent{{0, 8}}}
	before := a.total() + b.total()
	var wg sync.WaitGroup
	for _, p := range []pair{{a, b}, {b, a}} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 2000; i++ {
				if !p.first.evacuate(p.second) {
					_ = p.first.swap(p.second)
				}
			}
		}()
	}
	wg.Wait()
	if a.total()+b.total() != before {
		panic("room went missing")
	}
}
