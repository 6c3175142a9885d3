package kernel

import (
	"errors"
	"fmt"

	"scratch/kernel/stock"
)

var errUnknown = errors.New("no such goods")

// Desk takes orders for what the shelves have.
type Desk struct {
	shelves map[string]*stock.Shelf
}

// NewDesk opens a desk over some shelves.
func NewDesk(shelves ...*stock.Shelf) *Desk {
	desk := &Desk{shelves: make(map[string]*stock.Shelf)}
	for _, shelf := range shelves {
		desk.shelves[shelf.Name()] = shelf
	}
	return desk
}

// Deliver puts new pieces on a shelf.
func (d *Desk) Deliver(name string, count int) error {
	shelf, ok := d.shelves[name]
	if !ok {
		return errUnknown
	}
	shelf.Lock()
	defer shelf.Unlock()
	shelf.Put(count)
	return nil
}

// Order reserves pieces, all of them or none.
func (d *Desk) Order(id, name string, count int) error {
	shelf, ok := d.shelves[name]
	if !ok {
		return errUnknown
	}
	if shelf.Free() < count {
		return fmt.Errorf("order %s: fewer than %d of %s left", id, count, name)
	}
	shelf.Lock()
	defer shelf.Unlock()
	shelf.Reserve(id, count)
	return nil
}

// Cancel gives an order's pieces back.
func (d *Desk) Cancel(id string) {
	for _, shelf := range d.shelves {
		shelf.Release(id)
	}
}

// Run serves a few customers.
func Run() {
	desk := NewDesk(stock.NewShelf("bolts", 100), stock.NewShelf("nuts", 50))
	if err := desk.Deliver("nuts", 25); err != nil {
		fmt.Println(err)
	}
	if err := desk.Order("first", "bolts", 40); err != nil {
		fmt.Println(err)
	}
	desk.Cancel("first")
}
