package kernel

import (
	"strconv"
	"sync"
)

// Carts holds what customers mean to buy.
type Carts struct {
	shelf *Shelf

	mu    sync.Mutex
	goods map[string]map[string]int
	lost  int
}

// NewCarts returns carts that take from a shelf.
func NewCarts(shelf *Shelf) *Carts {
	c := &Carts{shelf: shelf, goods: make(map[string]map[string]int)}
	shelf.NotifyExpired(c.expired)
	return c
}

func (c *Carts) expired(owner, good string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.goods[owner][good] > 0 {
		c.goods[owner][good]--
		c.lost++
	}
}

// Put adds a good to a cart.
func (c *Carts) Put(owner, good string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	cart := c.goods[owner]
	if cart == nil {
		cart = make(map[string]int)
		c.goods[owner] = cart
	}
	if !c.shelf.Reserve(owner, good, 2) {
		return false
	}
	cart[good]++
	return true
}

// Lost counts what customers lost.
func (c *Carts) Lost() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lost
}

// Run lets customers shop while time passes.
func Run() {
	shelf := NewShelf(map[string]int{"tea": 40, "jam": 40})
	carts := NewCarts(shelf)
	var customers sync.WaitGroup
	for i := 0; i < 3; i++ {
		customers.Add(1)
		go func(name string) {
			defer customers.Done()
			for n := 0; n < 200000; n++ {
				carts.Put(name, []string{"tea", "jam"}[n%2])
			}
		}("customer " + strconv.Itoa(i))
	}
	for i := 0; i < 300000; i++ {
		shelf.Tick()
	}
	customers.Wait()
	_ = carts.Lost()
}
