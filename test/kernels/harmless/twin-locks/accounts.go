// Package twinlocks takes two locks of one kind, always the smaller number first.
package twinlocks

import "sync"

// Account has a number that never changes.
type Account struct {
	number int
	mu     sync.Mutex
	cents  int
}

// Move takes cents from one account to another.
func Move(from, to *Account, cents int) bool {
	if from == to {
		return true
	}
	first, second := from, to
	if second.number < first.number {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if from.cents < cents {
		return false
	}
	from.cents -= cents
	to.cents += cents
	return true
}

// Balance reads both.
func Balance(a, b *Account) int {
	if b.number < a.number {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	sum := a.cents + b.cents
	b.mu.Unlock()
	a.mu.Unlock()
	return sum
}

// Run moves money both ways at once.
func Run() {
	a, b := &Account{number: 1, cents: 100}, &Account{number: 2, cents: 100}
	var wg sync.WaitGroup
	for i := 0; i < 50; i++ {
		wg.Add(2)
		go func() { defer wg.Done(); Move(a, b, 3) }()
		go func() { defer wg.Done(); Move(b, a, 2) }()
	}
	wg.Wait()
	if Balance(b, a) != 200 {
		panic("money is lost")
	}
}
