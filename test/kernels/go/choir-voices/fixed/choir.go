package kernel

import (
	"sync"
	"time"
)

type singer struct {
	mu    sync.Mutex
	name  string
	choir *choir
	notes int
}

type choir struct {
	mu      sync.Mutex
	singers []*singer
	total   int
}

func (c *choir) join(s *singer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.choir = c
	c.singers = append(c.singers, s)
}

func (c *choir) add(n int) {
	c.mu.Lock()
	c.total += n
	c.mu.Unlock()
	time.Sleep(time.Microsecond)
}

func (s *singer) sing(n int) {
	s.mu.Lock()
	s.notes += n
	s.mu.Unlock()
	s.choir.add(n)
}

func (c *choir) rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.singers {
		s.mu.Lock()
		s.notes = 0
		time.Sleep(time.Microsecond)
		s.mu.Unlock()
	}
	c.total = 0
}

// Run lets three sing while the conductor pauses them.
func Run() {
	c := &choir{}
	var wg sync.WaitGroup
	for _, name := range []string{"alto", "bass", "tenor"} {
		s := &singer{name: name}
		c.join(s)
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 100; i++ {
				s.sing(i)
			}
		}()
	}
	for i := 0; i < 100; i++ {
		c.rest()
	}
	wg.Wait()
}
