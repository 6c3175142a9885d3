// Package yard keeps where containers stand.
package yard

import "sync"

// Mover carries a container to a slot; it tells the yard when it is idle.
type Mover interface {
	Move(container string, slot int)
	Busy() bool
}

// Yard is the ground on which containers stand.
type Yard struct {
	mu     sync.Mutex
	slots  map[string]int
	movers []Mover
	next   int
}

// New is an empty yard.
func New() *Yard { return &Yard{slots: map[string]int{}} }

// Use gives the yard one more mover.
func (y *Yard) Use(m Mover) {
	y.mu.Lock()
	y.movers = append(y.movers, m)
	y.mu.Unlock()
}

// Place finds a slot for a container and has it moved.
func (y *Yard) Place(container string) {
	y.mu.Lock()
	y.next++
	slot := y.next
	movers := append([]Mover(nil), y.movers...)
	y.mu.Unlock()
	for _, m := range movers {
		if !m.Busy() {
			m.Move(container, slot)
			return
		}
	}
}

// Settled is called when a container has come to its slot.
func (y *Yard) Settled(container string, slot int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.slots[container] = slot
}
