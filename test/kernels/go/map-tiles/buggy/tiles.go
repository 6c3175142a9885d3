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
	done := make(chan struct{})
	go func() {
		defer close(done)
		got, err = a.source.Fetch(x, y)
	}()
	select {
	case <-done:
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
