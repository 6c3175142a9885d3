package kernel

import (
	"sync"
)

type sack struct {
	grain  int
	passes int
}

type stone struct {
	name string
	in   chan sack
	out  func(sack)
	wg   *sync.WaitGroup
	stop chan struct{}
}

func (s *stone) turn() {
	defer s.wg.Done()
	for {
		select {
		case one := <-s.in:
			one.passes++
			s.out(one)
		case <-s.stop:
			return
		}
	}
}

type mill struct {
	coarse, fine *stone
	flour        chan sack
	wg           sync.WaitGroup
	stop         chan struct{}
}

func build() *mill {
	m := &mill{flour: make(chan sack, 16), stop: make(chan struct{})}
	m.coarse = &stone{name: "coarse", in: make(chan sack), wg: &m.wg, stop: m.stop}
	m.fine = &stone{name: "fine", in: make(chan sack), wg: &m.wg, stop: m.stop}
	m.coarse.out = func(one sack) { m.fine.in <- one }
	m.fine.out = func(one sack) {
		if one.passes < 4 {
			m.coarse.in <- one
			return
		}
		m.flour <- one
	}
	m.wg.Add(2)
	go m.coarse.turn()
	go m.fine.turn()
	return m
}

func (m *mill) grind(n int) int {
	go func() {
		for i := 0; i < n; i++ {
			m.coarse.in <- sack{grain: i}
		}
	}()
	sum := 0
	for i := 0; i < n; i++ {
		sum += (<-m.flour).grain
	}
	close(m.stop)
	m.wg.Wait()
	return sum
}

// Run grinds forty sacks.
func Run() {
	if build().grind(40) != 780 {
		panic("lost grain")
	}
}
