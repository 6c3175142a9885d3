package kernel

import "sync"

// Floor serves tables.
type Floor struct {
	orders chan<- Order
	plates <-chan Plate
	served int
}

func (f *Floor) run(wg *sync.WaitGroup, first []Order) {
	defer wg.Done()
	open := 0
	for _, order := range first {
		f.place(order)
		open++
	}
	for plate := range f.plates {
		if plate.Cold && plate.Order.Repeat < 2 {
			again := plate.Order
			again.Repeat++
			f.place(again)
			continue
		}
		f.served++
		if open--; open == 0 {
			close(f.orders)
		}
	}
}

func (f *Floor) place(order Order) {
	f.orders <- order
}
