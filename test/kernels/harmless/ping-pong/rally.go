// Package pingpong has two loops that send to each other, one at a time.
package pingpong

import "sync"

// Ball goes to and fro.
type Ball struct{ hits int }

// Player hits the ball back.
type Player struct {
	in   <-chan Ball
	out  chan<- Ball
	hits int
}

func (p *Player) play(wg *sync.WaitGroup, limit int) {
	defer wg.Done()
	defer close(p.out)
	for ball := range p.in {
		p.hits++
		if ball.hits >= limit {
			return
		}
		ball.hits++
		p.out <- ball
	}
}

// Rally plays until the limit.
func Rally(limit int) int {
	left, right := make(chan Ball, 1), make(chan Ball, 1)
	one := &Player{in: left, out: right}
	two := &Player{in: right, out: left}
	var wg sync.WaitGroup
	wg.Add(2)
	left <- Ball{}
	go one.play(&wg, limit)
	go two.play(&wg, limit)
	wg.Wait()
	return one.hits + two.hits
}

// Run plays some rallies.
func Run() {
	for limit := 0; limit < 9; limit++ {
		_ = Rally(limit)
	}
}
