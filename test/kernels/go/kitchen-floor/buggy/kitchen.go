package kernel

import "sync"

// Kitchen cooks orders.
type Kitchen struct {
	orders <-chan Order
	plates chan<- Plate
	cooked int
}

func (k *Kitchen) run(wg *sync.WaitGroup) {
	defer wg.Done()
	defer close(k.plates)
	for order := range k.orders {
		k.plates <- k.cook(order)
	}
}

func (k *Kitchen) cook(order Order) Plate {
	k.cooked++
	return Plate{Order: order, Cold: k.cooked%4 == 0}
}

// Restaurant is a floor and a kitchen.
type Restaurant struct {
	floor   *Floor
	kitchen *Kitchen
}

// NewRestaurant returns a restaurant whose pass has room for so much.
func NewRestaurant(pass int) *Restaurant {
	orders := make(chan Order, pass)
	plates := make(chan Plate, pass)
	return &Restaurant{
		floor:   &Floor{orders: orders, plates: plates},
		kitchen: &Kitchen{orders: orders, plates: plates},
	}
}

// Evening serves all tables and returns the number of plates.
func (r *Restaurant) Evening(orders []Order) int {
	var wg sync.WaitGroup
	wg.Add(2)
	go r.kitchen.run(&wg)
	go r.floor.run(&wg, orders)
	wg.Wait()
	return r.floor.served
}

// Run spends a quiet evening and a busy one.
func Run() {
	_ = NewRestaurant(4).Evening([]Order{{Table: 1, Dish: "soup"}, {Table: 2, Dish: "pie"}})
	var busy []Order
	for table := 1; table <= 24; table++ {
		busy = append(busy, Order{Table: table, Dish: "soup"})
	}
	_ = NewRestaurant(4).Evening(busy)
}
