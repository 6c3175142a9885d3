package kernel

import (
	"context"
	"errors"
	"sync"
)

var errClosed = errors.New("loft: closed")

type command interface{ apply(*loft) }

type arrive struct {
	ring string
	done chan int
}

func (a arrive) apply(l *loft) {
	l.birds[a.ring]++
	a.done <- len(l.birds)
}

type release struct {
	ring string
	done chan bool
}

func (r release) apply(l *loft) {
	_, ok := l.birds[r.ring]
	delete(l.birds, r.ring)
	r.done <- ok
}

// loft belongs to its keeper: nobody else touches the birds.
type loft struct {
	birds    map[string]int
	commands chan command
	ctx      context.Context
	cancel   context.CancelFunc
	gone     chan struct{}
	once     sync.Once
}

func open(parent context.Context) *loft {
	ctx, cancel := context.WithCancel(parent)
	l := &loft{birds: map[string]int{}, commands: make(chan command), ctx: ctx, cancel: cancel, gone: make(chan struct{})}
	go l.keep()
	return l
}

func (l *loft) keep() {
	defer close(l.gone)
	for {
		select {
		case c := <-l.commands:
			c.apply(l)
		case <-l.ctx.Done():
			return
		}
	}
}

func (l *loft) arrived(ring string) (int, error) {
	a := arrive{ring, make(chan int, 1)}
	l.commands <- a
	select {
	case n := <-a.done:
		return n, nil
	case <-l.gone:
		return 0, errClosed
	}
}

func (l *loft) release(ring string) (bool, error) {
	r := release{ring, make(chan bool, 1)}
	select {
	case l.commands <- r:
	case <-l.gone:
		return false, errClosed
	}
	select {
	case ok := <-r.done:
		return ok, nil
	case <-l.gone:
		return false, errClosed
	}
}

func (l *loft) close() {
	l.once.Do(l.cancel)
	<-l.gone
}

// Run closes the loft before the last bird is home.
func Run() {
	l := open(context.Background())
	if _, err := l.arrived("GB-7"); err != nil {
		panic(err)
	}
	if ok, err := l.release("GB-7"); !ok || err != nil {
		panic("not released")
	}
	l.close()
	if _, err := l.arrived("GB-7"); err == nil {
		panic("home")
	}
}
