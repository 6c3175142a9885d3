package kernel

import (
	"errors"
	"sync"
)

// Tray is a printer that keeps its letters.
type Tray struct {
	mu      sync.Mutex
	letters []string
	room    int
}

// Print implements Printer.
func (t *Tray) Print(letter string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.letters) == t.room {
		return errors.New("tray is full")
	}
	t.letters = append(t.letters, letter)
	return nil
}

// Len counts the letters.
func (t *Tray) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.letters)
}

func friends(n int) []Recipient {
	list := make([]Recipient, n)
	for i := range list {
		list[i] = Recipient{Name: string(rune('A' + i%26)), Fields: map[string]string{"city": "Basel"}}
	}
	return list
}

// Run writes to some friends.
func Run() {
	tray := &Tray{room: 40}
	merger := NewMerger("Dear {name} in {city}", tray)
	_ = len(merger.Merge(friends(50)))
}
