package kernel

import "time"

type practice struct {
	m     *Metronome
	bars  int
	over  chan struct{}
	limit int
}

func (p *practice) Beat(n int) {
	if n%4 != 0 {
		return
	}
	p.bars++
	if p.bars == p.limit {
		p.m.Stop()
		close(p.over)
	}
}

type silent struct{ beats int }

func (s *silent) Beat(int) { s.beats++ }

// Run practises three bars.
func Run() {
	p := &practice{m: New(time.Millisecond), over: make(chan struct{}), limit: 3}
	p.m.Start(&silent{}, p)
	<-p.over
	p.m.Stop()
}
