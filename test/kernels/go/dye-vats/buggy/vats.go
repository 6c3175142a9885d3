package kernel

import (
	"errors"
	"sync"
)

type vat struct {
	colour string
	litres int
	ready  chan struct{}
	err    error
}

type dyer struct {
	mu   sync.Mutex
	vats map[string]*vat
	mix  func(colour string) (int, error)
}

func (d *dyer) vat(colour string) *vat {
	d.mu.Lock()
	defer d.mu.Unlock()
	if v, ok := d.vats[colour]; ok {
		return v
	}
	v := &vat{colour: colour, ready: make(chan struct{})}
	d.vats[colour] = v
	go d.fill(v)
	return v
}

func (d *dyer) fill(v *vat) {
	litres, err := d.mix(v.colour)
	if err != nil {
		v.err = err
		return
	}
	v.litres = litres
	close(v.ready)
}

func (d *dyer) draw(colour string) (int, error) {
	v := d.vat(colour)
	<-v.ready
	return v.litres, v.err
}

// Run draws from a vat that could not be mixed.
func Run() {
	d := &dyer{vats: map[string]*vat{}, mix: func(colour string) (int, error) {
		if colour == "madder" {
			return 0, errors.New("out of roots")
		}
		return 40, nil
	}}
	if n, err := d.draw("indigo"); n != 40 || err != nil {
		panic("no indigo")
	}
	if _, err := d.draw("madder"); err == nil {
		panic("madder")
	}
}
