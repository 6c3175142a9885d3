package kernel

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

var (
	errTaken = errors.New("orchard: row is taken")
	errNoRow = errors.New("orchard: no such row")
)

type row struct {
	number int
	holder string
	until  time.Time
}

// Orchard leases its rows to pickers.
type Orchard struct {
	mu    sync.Mutex
	rows  map[int]*row
	clock func() time.Time
	log   []string
}

// New has rows 1 to n.
func New(n int) *Orchard {
	o := &Orchard{rows: map[int]*row{}, clock: time.Now}
	for i := 1; i <= n; i++ {
		o.rows[i] = &row{number: i}
	}
	return o
}

// enter takes the orchard for itself; what it returns gives it back.
func (o *Orchard) enter(who string) (leave func()) {
	o.mu.Lock()
	o.log = append(o.log, who)
	return func() {
		o.log = append(o.log, who+" left")
		o.mu.Unlock()
	}
}

// Lease gives a row to a picker for a while.
func (o *Orchard) Lease(number int, who string, d time.Duration) error {
	leave := o.enter(who)
	r, ok := o.rows[number]
	if !ok {
		return fmt.Errorf("%w: %d", errNoRow, number)
	}
	if r.holder != "" && o.clock().Before(r.until) {
		leave()
		return errTaken
	}
	r.holder, r.until = who, o.clock().Add(d)
	leave()
	return nil
}

// Free takes a row back.
func (o *Orchard) Free(number int) {
	defer o.enter("keeper")()
	if r, ok := o.rows[number]; ok {
		r.holder = ""
	}
}

// Run leases a row that does not exist, then one that does.
func Run() {
	o := New(4)
	if err := o.Lease(9, "ana", time.Minute); !errors.Is(err, errNoRow) {
		panic("leased row 9")
	}
	if err := o.Lease(2, "ben", time.Minute); err != nil {
		panic(err)
	}
	o.Free(2)
}
