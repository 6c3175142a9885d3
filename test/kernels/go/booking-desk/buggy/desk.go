package kernel

import (
	"errors"
	"fmt"
	"sync"
)

// Errors of the desk.
var (
	ErrNoRoom   = errors.New("no such room")
	ErrTaken    = errors.New("room is taken")
	ErrTooMany  = errors.New("too many guests")
	ErrNoCredit = errors.New("guest has no credit")
)

// Room can be booked by the night.
type Room struct {
	Beds   int
	booked map[int]string
}

// Ledger knows what guests owe.
type Ledger interface {
	Charge(guest string, cents int) error
}

// Desk takes bookings.
type Desk struct {
	ledger Ledger
	price  int

	mu    sync.Mutex
	rooms map[string]*Room
	open  int
}

// NewDesk returns a desk without rooms.
func NewDesk(ledger Ledger, price int) *Desk {
	return &Desk{ledger: ledger, price: price, rooms: make(map[string]*Room)}
}

// AddRoom puts a room on offer.
func (d *Desk) AddRoom(name string, beds int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rooms[name] = &Room{Beds: beds, booked: make(map[int]string)}
}

// Book takes a room for some nights.
func (d *Desk) Book(name, guest string, heads, from, to int) error {
	d.mu.Lock()
	room, ok := d.rooms[name]
	if !ok {
		d.mu.Unlock()
		return fmt.Errorf("%q: %w", name, ErrNoRoom)
	}
	switch {
	case heads > room.Beds:
		d.mu.Unlock()
		return ErrTooMany
	case to <= from:
		d.mu.Unlock()
		return fmt.Errorf("no nights between %d and %d", from, to)
	}
	for night := from; night < to; night++ {
		if room.booked[night] != "" {
			d.mu.Unlock()
			return ErrTaken
		}
	}
	if err := d.ledger.Charge(guest, d.price*(to-from)); err != nil {
		return fmt.Errorf("booking %q: %w", name, err)
	}
	for night := from; night < to; night++ {
		room.booked[night] = guest
	}
	d.open++
	d.mu.Unlock()
	return nil
}

// Guest tells who sleeps in a room.
func (d *Desk) Guest(name string, night int) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if room, ok := d.rooms[name]; ok {
		return room.booked[night]
	}
	return ""
}

// Purse is a ledger with a limit per guest.
type Purse struct {
	mu    sync.Mutex
	limit int
	spent map[string]int
}

// Charge implements Ledger.
func (p *Purse) Charge(guest string, cents int) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.spent[guest]+cents > p.limit {
		return ErrNoCredit
	}
	p.spent[guest] += cents
	return nil
}
