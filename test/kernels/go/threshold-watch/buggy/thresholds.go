package kernel

import (
	"fmt"
	"sync"
)

// Observer is told of new values.
type Observer interface {
	Observe(name string, value int)
}

// Board holds the latest values.
type Board struct {
	mu        sync.Mutex
	values    map[string]int
	observers []Observer
}

// NewBoard returns an empty board.
func NewBoard() *Board {
	return &Board{values: make(map[string]int)}
}

// Attach adds an observer.
func (b *Board) Attach(o Observer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.observers = append(b.observers, o)
}

// Value is the latest one, and whether there is any.
func (b *Board) Value(name string) (int, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	value, ok := b.values[name]
	return value, ok
}

// Set stores a value and tells the observers.
func (b *Board) Set(name string, value int) error {
	if name == "" {
		return fmt.Errorf("value %d has no name", value)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.values[name] == value {
		return nil
	}
	b.values[name] = value
	b.tell(name, value)
	return nil
}

func (b *Board) tell(name string, value int) {
	for _, o := range b.observers {
		o.Observe(name, value)
	}
}

// Alarm remembers values that went over the limit on the board.
type Alarm struct {
	board  *Board
	raised []string
}

// NewAlarm attaches an alarm to a board.
func NewAlarm(board *Board) *Alarm {
	a := &Alarm{board: board}
	board.Attach(a)
	return a
}

// Observe implements Observer.
func (a *Alarm) Observe(name string, value int) {
	limit, ok := a.board.Value("limit")
	if ok && value > limit {
		a.raised = append(a.raised, name)
	}
}

// Run puts some values on a board.
func Run() {
	board := NewBoard()
	_ = board.Set("limit", 10)
	NewAlarm(board)
	_ = board.Set("load", 12)
}
