// Package vaults moves goods between vaults.
package vaults

import (
	"errors"
	"sort"
	"sync"
)

// ErrEmpty is returned when a vault has too little.
var ErrEmpty = errors.New("vault has too little")

// Vault holds goods.
type Vault struct {
	number int
	mu     sync.Mutex
	goods  map[string]int
}

// New returns a vault with some goods.
func New(number int, goods map[string]int) *Vault {
	v := &Vault{number: number, goods: make(map[string]int)}
	for name, n := range goods {
		v.goods[name] = n
	}
	return v
}

// lockBoth takes the locks of two vaults, that of the lower number first.
func lockBoth(a, b *Vault) (unlock func()) {
	if b.number < a.number {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

// Move moves goods from one vault to another.
func Move(from, to *Vault, name string, n int) error {
	if from == to {
		return nil
	}
	unlock := lockBoth(from, to)
	defer unlock()
	if from.goods[name] < n {
		return ErrEmpty
	}
	from.goods[name] -= n
	to.goods[name] += n
	return nil
}

// Swap exchanges everything.
func Swap(a, b *Vault) {
	if a == b {
		return
	}
	first, second := a, b
	if second.number < first.number {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	a.goods, b.goods = b.goods, a.goods
}

// Total counts goods over some vaults at one moment.
func Total(name string, vaults ...*Vault) int {
	ordered := append([]*Vault(nil), vaults...)
	sort.Slice(ordered, func(i, j int) bool { return ordered[i].number < ordered[j].number })
	for _, v := range ordered {
		v.mu.Lock()
	}
	total := 0
	for _, v := range ordered {
		total += v.goods[name]
	}
	for _, v := range ordered {
		v.mu.Unlock()
	}
	return total
}

// Run moves gold in circles.
func Run() {
	a := New(1, map[string]int{"gold": 100})
	b := New(2, nil)
	c := New(3, nil)
	var wg sync.WaitGroup
	for _, pair := range [][2]*Vault{{a, b}, {b, c}, {c, a}, {b, a}} {
		wg.Add(1)
		go func(from, to *Vault) {
			defer wg.Done()
			for i := 0; i < 500; i++ {
				_ = Move(from, to, "gold", 1)
				if i%100 == 0 {
					Swap(to, from)
				}
				_ = Total("gold", c, a, b)
			}
		}(pair[0], pair[1])
	}
	wg.Wait()
}
