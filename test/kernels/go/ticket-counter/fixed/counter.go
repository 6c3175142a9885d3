package kernel

import (
	"errors"
	"sync"
	"time"
)

// ErrShut is returned when the counter is not open.
var ErrShut = errors.New("counter is shut")

// Ticket is a number on a slip of paper.
type Ticket struct {
	Number int
	Drawn  time.Time
}

// Display shows which number is served.
type Display interface {
	Show(number int)
}

// Counter draws tickets and serves them in their order.
type Counter struct {
	display Display
	limit   int

	mu      sync.Mutex
	drawn   int
	serving int
	shut    bool
	waiting map[int]Ticket
}

// NewCounter returns an open counter.
func NewCounter(display Display, limit int) *Counter {
	return &Counter{display: display, limit: limit, waiting: make(map[int]Ticket)}
}

// Draw takes a ticket.
func (c *Counter) Draw() (Ticket, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.acceptsLocked() {
		return Ticket{}, ErrShut
	}
	c.drawn++
	ticket := Ticket{Number: c.drawn, Drawn: time.Now()}
	c.waiting[ticket.Number] = ticket
	return ticket, nil
}

func (c *Counter) acceptsLocked() bool {
	return !c.shut && len(c.waiting) < c.limit
}

// Next serves the next ticket; it is false when nobody waits.
func (c *Counter) Next() bool {
	c.mu.Lock()
	if c.serving == c.drawn {
		c.mu.Unlock()
		return false
	}
	c.serving++
	number := c.serving
	delete(c.waiting, number)
	c.mu.Unlock()
	c.display.Show(number)
	return true
}

// Shut closes the counter; who has a ticket is still served.
func (c *Counter) Shut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shut = true
}

type blind struct{}

func (blind) Show(int) {}

// Run serves three drawers until the counter shuts.
func Run() {
	counter := NewCounter(blind{}, 1000)
	var drawers sync.WaitGroup
	for i := 0; i < 3; i++ {
		drawers.Add(1)
		go func() {
			defer drawers.Done()
			for {
				if _, err := counter.Draw(); err != nil {
					return
				}
				time.Sleep(100 * time.Microsecond)
			}
		}()
	}
	for i := 0; i < 10; i++ {
		counter.Next()
		time.Sleep(300 * time.Microsecond)
	}
	counter.Shut()
	drawers.Wait()
	for counter.Next() {
		continue
	}
}
