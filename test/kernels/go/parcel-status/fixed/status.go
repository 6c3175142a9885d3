package kernel

import "sync"

// Parcel is on its way; its lock is shared with the depot that made it.
type Parcel struct {
	mu    *sync.RWMutex
	Place string
	Stops int
	code  string
}

// Depot sends parcels.
type Depot struct {
	mu      sync.RWMutex
	parcels map[string]*Parcel
}

func NewDepot() *Depot { return &Depot{parcels: map[string]*Parcel{}} }

// Send registers a parcel.
func (d *Depot) Send(code string) *Parcel {
	d.mu.Lock()
	defer d.mu.Unlock()
	parcel := &Parcel{mu: &sync.RWMutex{}, Place: "depot", code: code}
	d.parcels[code] = parcel
	return parcel
}

// Arrive notes the next stop.
func (p *Parcel) Arrive(place string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Place = place
	p.Stops++
}

// Code never changes.
func (p *Parcel) Code() string { return p.code }

// Where says where it was seen last.
func (p *Parcel) Where() (string, int) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.Place, p.Stops
}

// Run asks for a parcel that moves.
func Run() {
	parcel := NewDepot().Send("AB-1")
	var carrier sync.WaitGroup
	carrier.Add(1)
	go func() {
		defer carrier.Done()
		for i := 0; i < 2000; i++ {
			parcel.Arrive([]string{"Leipzig", "Köln", "Lyon"}[i%3])
		}
	}()
	for i := 0; i < 2000; i++ {
		parcel.Where()
	}
	carrier.Wait()
}
