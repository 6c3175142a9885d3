package kernel

import (
	"sync"

	"scratch/kernel/yard"
)

type order struct {
	container string
	slot      int
}

type crane struct {
	mu      sync.Mutex
	yard    *yard.Yard
	pending []order
	limit   int
}

func (c *crane) Busy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.pending) >= c.limit
}

func (c *crane) Move(container string, slot int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending = append(c.pending, order{container, slot})
}

func (c *crane) work() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.pending) == 0 {
		return false
	}
	o := c.pending[0]
	c.pending = c.pending[1:]
	c.yard.Settled(o.container, o.slot)
	return true
}

// truck moves at once and remembers nothing.
type truck struct{}

func (truck) Busy() bool       { return true }
func (truck) Move(string, int) {}

// Run unloads a ship with two cranes.
func Run() {
	y := yard.New()
	y.Use(truck{})
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for i := 0; i < 2; i++ {
		c := &crane{yard: y, limit: 1 << 20}
		y.Use(c)
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				if !c.work() {
					select {
					case <-stop:
						return
					default:
					}
				}
			}
		}()
	}
	for i := 0; i < 20000; i++ {
		y.Place("box")
	}
	close(stop)
	wg.Wait()
}
