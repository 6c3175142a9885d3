package kernel

import (
	"strconv"
	"sync"
)

// feed is where prices come from.
type feed struct{ name string }

func (f *feed) price(item string) int { return len(f.name) + len(item) }

// Board shows prices, and can be switched to another feed.
type Board struct {
	mu    sync.Mutex
	feed  *feed
	shown map[string]int
}

func NewBoard(name string) *Board {
	return &Board{feed: &feed{name: name}, shown: map[string]int{}}
}

// Switch goes over to another feed.
func (b *Board) Switch(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.feed = &feed{name: name}
	clear(b.shown)
}

// Price is what an item costs; prices that were shown stay.
func (b *Board) Price(item string) int {
	b.mu.Lock()
	price, ok := b.shown[item]
	source := b.feed
	b.mu.Unlock()
	if ok {
		return price
	}
	price = source.price(item)
	b.mu.Lock()
	b.shown[item] = price
	b.mu.Unlock()
	return price
}

// Run asks for prices while the board is switched.
func Run() {
	board := NewBoard("north")
	var switching sync.WaitGroup
	switching.Add(1)
	go func() {
		defer switching.Done()
		for i := 0; i < 2000; i++ {
			board.Switch("feed " + strconv.Itoa(i))
		}
	}()
	for reader := 0; reader < 4; reader++ {
		switching.Add(1)
		go func() {
			defer switching.Done()
			for i := 0; i < 2000; i++ {
				board.Price("tea " + strconv.Itoa(i))
			}
		}()
	}
	switching.Wait()
}
