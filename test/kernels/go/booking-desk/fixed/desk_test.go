package kernel

import (
	"errors"
	"testing"
)

func newTestDesk(t *testing.T) *Desk {
	t.Helper()
	desk := NewDesk(&Purse{limit: 1000, spent: make(map[string]int)}, 400)
	desk.AddRoom("cellar", 1)
	return desk
}

func TestBookWithoutCredit(t *testing.T) {
	desk := newTestDesk(t)
	if err := desk.Book("cellar", "Eve", 1, 0, 3); !errors.Is(err, ErrNoCredit) {
		t.Fatalf("got %v, want %v", err, ErrNoCredit)
	}
	if guest := desk.Guest("cellar", 0); guest != "" {
		t.Fatalf("%s sleeps in the cellar", guest)
	}
}

func TestBookTwice(t *testing.T) {
	desk := newTestDesk(t)
	if err := desk.Book("cellar", "Eve", 1, 0, 2); err != nil {
		t.Fatal(err)
	}
	if err := desk.Book("cellar", "Tom", 1, 1, 2); !errors.Is(err, ErrTaken) {
		t.Fatalf("got %v, want %v", err, ErrTaken)
	}
}
