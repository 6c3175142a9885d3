// Package lockhelpers has helpers that lock for others, and others that expect it.
package lockhelpers

import "sync"

// Table maps names to numbers.
type Table struct {
	mu      sync.RWMutex
	numbers map[string]int
	log     []string
}

// New returns an empty table.
func New() *Table { return &Table{numbers: map[string]int{}} }

func (t *Table) lock() func() {
	t.mu.Lock()
	return t.mu.Unlock
}

func (t *Table) read(do func(map[string]int)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	do(t.numbers)
}

func (t *Table) setLocked(name string, number int) {
	t.numbers[name] = number
	t.log = append(t.log, name)
}

// Set sets a number.
func (t *Table) Set(name string, number int) {
	defer t.lock()()
	t.setLocked(name, number)
}

// Swap exchanges two numbers.
func (t *Table) Swap(a, b string) {
	unlock := t.lock()
	defer unlock()
	x, y := t.numbers[a], t.numbers[b]
	t.setLocked(a, y)
	t.setLocked(b, x)
}

// Sum adds all numbers.
func (t *Table) Sum() (sum int) {
	t.read(func(numbers map[string]int) {
		for _, number := range numbers {
			sum += number
		}
	})
	return sum
}

// Begin locks until the returned function is called.
func (t *Table) Begin() (end func()) {
	t.mu.Lock()
	t.log = append(t.log, "begin")
	return func() {
		t.log = append(t.log, "end")
		t.mu.Unlock()
	}
}

// Run sets and reads at once.
func Run() {
	t := New()
	var wg sync.WaitGroup
	for i := 0; i < 6; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.Set("a", i)
			t.Swap("a", "b")
			_ = t.Sum()
			t.Begin()()
		}()
	}
	wg.Wait()
}
