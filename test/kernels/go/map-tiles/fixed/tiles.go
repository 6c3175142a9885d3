package kernel

import (
	"errors"
	"time"
)

type tile struct {
	x, y  int
	bytes []byte
}

type source interface {
	Fetch(x, y int) (tile, error)
}

type atlas struct {
	source  source
	timeout time.Duration
	blank   tile
}

func (a *atlas) tile(x, y int) (tile, error) {
	var (
		got tile
		err error
	)
	type fetched struct {
		tile tile
		err  error
	}
	done := make(chan fetched, 1)
	go func() {
		t, err := a.source.Fetch(x, y)
		done <- fetched{t, err}
	}()
	select {
	case f := <-done:
		got, err = f.tile, f.err
	case <-time.After(a.timeout):
		err = errors.New("timed out")
		got = a.blank
	}
	return got, err
}

type satellite struct{ delay time.Duration }

func (s satellite) Fetch(x, y int) (tile, error) {
	time.Sleep(s.delay)
	return tile{x: x, y: y, bytes: []byte{1}}, nil
}

// Run asks a slow source.
func Run() {
	a := &atlas{source: satellite{5 * time.Millisecond}, timeout: 2 * time.Millisecond}
	if _, err := a.tile(3, 4); err == nil {
		panic("in time")
	}
	time.Sleep(20 * time.Millisecond)
}
