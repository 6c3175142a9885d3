package kernel

import (
	"errors"
	"sync"
	"time"
)

// Target is probed for being alive.
type Target struct {
	Name    string
	Healthy bool
}

// Prober asks targets how they are.
type Prober struct {
	targets []Target
	limit   int
}

func (p *Prober) ask(target Target) error {
	time.Sleep(time.Millisecond)
	if target.Healthy {
		return nil
	}
	return errors.New(target.Name + " does not answer")
}

// ProbeAll asks every target and returns an error, if there was one.
func (p *Prober) ProbeAll() error {
	var failure error
	var pending sync.WaitGroup
	slots := make(chan struct{}, p.limit)
	for _, target := range p.targets {
		pending.Add(1)
		slots <- struct{}{}
		go func(target Target) {
			defer func() {
				<-slots
				pending.Done()
			}()
			if err := p.ask(target); err != nil {
				failure = err
			}
		}(target)
	}
	pending.Wait()
	return failure
}

// Run probes a few targets.
func Run() {
	prober := &Prober{limit: 4}
	for i := 0; i < 16; i++ {
		prober.targets = append(prober.targets, Target{Name: "node", Healthy: i%4 == 0})
	}
	_ = prober.ProbeAll()
}
