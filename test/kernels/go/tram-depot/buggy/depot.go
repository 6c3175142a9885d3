package kernel

import (
	"errors"
	"sync"
	"time"
)

var errNoTram = errors.New("depot: no tram left")

type tram struct {
	id     int
	cleanA time.Time
}

// Depot gives trams out in the morning and takes them back at night.
type Depot struct {
	mu      sync.Mutex
	parked  []*tram
	out     map[int]*tram
	repairs int
	onEmpty func()
}

// NewDepot parks n trams.
func NewDepot(n int, onEmpty func()) *Depot {
	d := &Depot{out: map[int]*tram{}, onEmpty: onEmpty}
	for i := 0; i < n; i++ {
		d.parked = append(d.parked, &tram{id: i})
	}
	return d
}

// Leave takes a tram out.
func (d *Depot) Leave() (*tram, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.parked) == 0 {
		return nil, errNoTram
	}
	last := len(d.parked) - 1
	t := d.parked[last]
	d.parked = d.parked[:last]
	d.out[t.id] = t
	return t, nil
}

// Return brings it back.
func (d *Depot) Return(t *tram, broken bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.out, t.id)
	if broken {
		d.repairs++
		return
	}
	t.cleanA = time.Now()
	d.parked = append(d.parked, t)
}

// Repaired puts a mended tram among the others.
func (d *Depot) Repaired(t *tram) {
	d.mu.Lock()
	d.repairs--
	d.parked = append(d.parked, t)
	d.mu.Unlock()
}

// Free says how many could leave.
func (d *Depot) Free() int {
	n := len(d.parked)
	if n == 0 && d.onEmpty != nil {
		d.onEmpty()
	}
	return n
}
