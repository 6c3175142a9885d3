package kernel

import (
	"errors"
	"sync"
	"time"
)

var errSold = errors.New("auction: lot is sold")

type lot struct {
	number int
	price  int
	winner string
	sold   chan struct{}
}

type house struct {
	mu   sync.Mutex
	lots map[int]*lot
	bank func(who string, price int) bool
}

func (h *house) isSold(n int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.lots[n].winner != ""
}

func (h *house) hammer(n int, who string, price int) error {
	if h.isSold(n) {
		return errSold
	}
	if !h.bank(who, price) {
		return errors.New("auction: no funds")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	l := h.lots[n]
	l.winner, l.price = who, price
	close(l.sold)
	return nil
}

// Run lets two win one lot.
func Run() {
	h := &house{lots: map[int]*lot{4: {number: 4, sold: make(chan struct{})}}, bank: func(string, int) bool {
		time.Sleep(2 * time.Millisecond)
		return true
	}}
	var wg sync.WaitGroup
	for _, who := range []string{"ana", "ben"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = h.hammer(4, who, 100)
		}()
	}
	wg.Wait()
	<-h.lots[4].sold
}
