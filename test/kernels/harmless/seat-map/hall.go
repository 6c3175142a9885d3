// Package seats sells the seats of a hall.
package seats

import (
	"errors"
	"sync"
)

// Errors of a hall.
var (
	ErrTaken = errors.New("seat is taken")
	ErrRange = errors.New("no such seat")
)

// Hall has rows of seats.
type Hall struct {
	mu   sync.RWMutex
	rows []*row
	sold map[string]int
}

// NewHall returns an empty hall.
func NewHall(rows, width int) *Hall {
	h := &Hall{sold: make(map[string]int)}
	for i := 0; i < rows; i++ {
		h.rows = append(h.rows, &row{taken: make([]string, width)})
	}
	return h
}

// Take sells a seat.
func (h *Hall) Take(number, seat int, guest string) error {
	r := h.lockRow(number)
	if seat < 0 || seat >= len(r.taken) {
		h.unlockRow(r)
		return ErrRange
	}
	if r.taken[seat] != "" {
		h.unlockRow(r)
		return ErrTaken
	}
	r.taken[seat] = guest
	h.unlockRow(r)
	return nil
}

// Free counts the free seats of a row.
func (h *Hall) Free(number int) int {
	r := h.lockRow(number)
	defer h.unlockRow(r)
	free := 0
	for _, guest := range r.taken {
		if guest == "" {
			free++
		}
	}
	return free
}

// Clear empties the hall and returns how many seats were taken.
func (h *Hall) Clear() int {
	h.lockAll()
	defer h.unlockAll()
	taken := 0
	for _, r := range h.rows {
		for i, guest := range r.taken {
			if guest != "" {
				taken++
				h.sold[guest]++
				r.taken[i] = ""
			}
		}
	}
	return taken
}

// Run sells from three desks.
func Run() {
	hall := NewHall(4, 10)
	var desks sync.WaitGroup
	for _, desk := range []string{"web", "phone", "door"} {
		desks.Add(1)
		go func(desk string) {
			defer desks.Done()
			for i := 0; i < 44; i++ {
				_ = hall.Take(i%4, i/4, desk)
				_ = hall.Free(i % 4)
			}
		}(desk)
	}
	desks.Wait()
	_ = hall.Clear()
}
