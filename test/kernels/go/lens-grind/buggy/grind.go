package kernel

import (
	"errors"
	"sync"
)

type lens struct {
	dioptre float64
	polish  int
}

type bench struct{ grit int }

func (b bench) grind(l *lens) error {
	if b.grit == 0 {
		return errors.New("no grit")
	}
	l.polish += b.grit
	return nil
}

func (b bench) coat(l *lens) error {
	if l.dioptre > 8 {
		return errors.New("too strong")
	}
	return nil
}

func finish(b bench, left, right *lens) error {
	var wg sync.WaitGroup
	wg.Add(2)
	err := b.coat(left)
	if err != nil {
		return err
	}
	go func() {
		defer wg.Done()
		if err = b.grind(left); err != nil {
			return
		}
	}()
	go func() {
		defer wg.Done()
		if err = b.grind(right); err != nil {
			return
		}
	}()
	wg.Wait()
	return err
}

// Run grinds a pair.
func Run() {
	if err := finish(bench{3}, &lens{dioptre: 2}, &lens{dioptre: -1}); err != nil {
		panic(err)
	}
	_ = finish(bench{}, &lens{}, &lens{})
}
