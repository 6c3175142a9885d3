package kernel

// Run books a room for two guests.
func Run() {
	desk := NewDesk(&Purse{limit: 50000, spent: make(map[string]int)}, 9000)
	desk.AddRoom("attic", 2)
	_ = desk.Book("attic", "Ada", 1, 1, 4)
	_ = desk.Book("attic", "Bob", 3, 4, 5)
	_ = desk.Book("attic", "Ada", 2, 4, 12)
	_ = desk.Guest("attic", 4)
}
