package kernel

// Order goes from the floor to the kitchen.
type Order struct {
	Table  int
	Dish   string
	Repeat int
}

// Plate goes from the kitchen to the floor.
type Plate struct {
	Order Order
	Cold  bool
}
