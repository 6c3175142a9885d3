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
	open, queue := len(first), first
	for open > 0 {
		var orders chan<- Order
		var next Order
		if len(queue) > 0 {
			orders, next = f.orders, queue[0]
		}
		select {
		case orders <- next:
			queue = queue[1:]
		case plate := <-f.plates:
			if plate.Cold && plate.Order.Repeat < 2 {
				again := plate.Order
				again.Repeat++
				queue = append(queue, again)
				continue
			}
			f.served++
			open--
		}
	}
	close(f.orders)
}
