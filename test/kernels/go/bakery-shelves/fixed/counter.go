package kernel

import (
	"sync"
	"time"
)

type counter struct {
	shelf *Shelf
	sold  map[string]int
	mu    sync.Mutex
}

func (c *counter) serve() {
	for {
		l, err := c.shelf.Take()
		if err != nil {
			return
		}
		c.mu.Lock()
		c.sold[l.kind]++
		c.mu.Unlock()
	}
}

func bake(s *Shelf, kinds ...string) {
	for _, kind := range kinds {
		if s.Put(loaf{kind}) != nil {
			return
		}
	}
}

// Run sells what was baked, and shuts.
func Run() {
	s := NewShelf(2)
	c := &counter{shelf: s, sold: map[string]int{}}
	var counters sync.WaitGroup
	for i := 0; i < 3; i++ {
		counters.Add(1)
		go func() {
			defer counters.Done()
			c.serve()
		}()
	}
	bake(s, "rye", "oat", "rye", "spelt", "corn", "rye")
	time.Sleep(5 * time.Millisecond)
	s.Shut()
	counters.Wait()
}
