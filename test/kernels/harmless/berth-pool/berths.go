// Package berths hands out the berths of a harbour; a channel is used as a lock and as a list.
package berths

import (
	"context"
	"errors"
	"sync"
)

// ErrFull is returned when no berth is free.
var ErrFull = errors.New("harbour is full")

// Harbour has berths.
type Harbour struct {
	free chan int
	log  chan []string // holds the log; whoever has it may write to it
}

// NewHarbour returns a harbour with so many berths.
func NewHarbour(berths int) *Harbour {
	h := &Harbour{free: make(chan int, berths), log: make(chan []string, 1)}
	for i := 0; i < berths; i++ {
		h.free <- i
	}
	h.log <- nil
	return h
}

// Moor waits for a berth.
func (h *Harbour) Moor(ctx context.Context, ship string) (leave func(), err error) {
	select {
	case berth := <-h.free:
		h.note(ship + " comes")
		var once sync.Once
		return func() {
			once.Do(func() {
				h.note(ship + " goes")
				h.free <- berth
			})
		}, nil
	case <-ctx.Done():
		return nil, ErrFull
	}
}

func (h *Harbour) note(entry string) {
	entries := <-h.log
	h.log <- append(entries, entry)
}

// Log is a copy of the log.
func (h *Harbour) Log() []string {
	entries := <-h.log
	defer func() { h.log <- entries }()
	return append([]string(nil), entries...)
}

// Free counts the free berths.
func (h *Harbour) Free() int { return len(h.free) }
