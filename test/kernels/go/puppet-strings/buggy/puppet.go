package kernel

import (
	"sync"
	"time"
)

type motor struct{ turns int }

func (m *motor) turn(n int) {
	if m != nil {
		m.turns += n
	}
}

type puppet struct {
	motor *motor
	moves chan int
	wg    sync.WaitGroup
}

func hang() *puppet {
	p := &puppet{motor: &motor{}, moves: make(chan int, 8)}
	p.wg.Add(1)
	go p.dance()
	return p
}

func (p *puppet) dance() {
	defer p.wg.Done()
	for n := range p.moves {
		p.motor.turn(n)
		time.Sleep(time.Millisecond)
	}
}

func (p *puppet) move(n int) { p.moves <- n }

func (p *puppet) close() {
	close(p.moves)
	p.motor = nil
	p.wg.Wait()
}

// Run moves a puppet a few times.
func Run() {
	p := hang()
	for i := 0; i < 5; i++ {
		p.move(i)
	}
	p.close()
}
