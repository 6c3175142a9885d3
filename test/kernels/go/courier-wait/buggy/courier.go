package kernel

import (
	"errors"
	"sync"
	"time"
)

// ErrAway is returned when nobody opens the door.
var ErrAway = errors.New("nobody is at home")

// Door is where parcels are handed over.
type Door interface {
	Ring() error
}

// Courier brings parcels to doors.
type Courier struct {
	tries int
	pause time.Duration

	mu        sync.Mutex
	delivered int
}

// NewCourier returns a courier who rings so often.
func NewCourier(tries int, pause time.Duration) *Courier {
	return &Courier{tries: tries, pause: pause}
}

// Deliver rings until somebody opens.
func (c *Courier) Deliver(door Door) error {
	for i := 0; i < c.tries; i++ {
		if i > 0 {
			time.Sleep(c.pause)
		}
		if door.Ring() == nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.delivered++
			return nil
		}
	}
	return ErrAway
}

// Delivered counts the parcels.
func (c *Courier) Delivered() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.delivered
}

type doorFunc func() error

func (f doorFunc) Ring() error { return f() }

// Run delivers to a door that stays shut.
func Run() {
	courier := NewCourier(10, 2*time.Millisecond)
	_ = within(4*time.Millisecond, func() error {
		return courier.Deliver(doorFunc(func() error { return ErrAway }))
	})
	_ = courier.Delivered()
}
