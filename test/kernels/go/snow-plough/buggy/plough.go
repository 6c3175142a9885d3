package kernel

import "time"

type fall struct{ cm int }

type plough struct {
	falls chan fall
	quiet time.Duration
	runs  int
	gone  chan struct{}
}

func (p *plough) wait() {
	defer close(p.gone)
	idle := time.NewTimer(p.quiet)
	defer idle.Stop()
	for {
		select {
		case <-idle.C:
			p.runs++
		case f, ok := <-p.falls:
			if !ok {
				return
			}
			if f.cm == 0 {
				continue
			}
			if !idle.Stop() {
				<-idle.C
			}
			idle.Reset(p.quiet)
		}
	}
}

// Run has snow, a pause, and snow again.
func Run() {
	p := &plough{falls: make(chan fall), quiet: 2 * time.Millisecond, gone: make(chan struct{})}
	go p.wait()
	p.falls <- fall{3}
	time.Sleep(10 * time.Millisecond)
	p.falls <- fall{5}
	close(p.falls)
	<-p.gone
}
