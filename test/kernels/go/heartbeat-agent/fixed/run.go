package kernel

import (
	"sync/atomic"
	"time"
)

// countingPeer counts beats.
type countingPeer struct {
	beats atomic.Int32
}

func (p *countingPeer) Beat(string, int) { p.beats.Add(1) }

func (p *countingPeer) await(n int32) bool {
	for i := 0; i < 500; i++ {
		if p.beats.Load() >= n {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

// Run lets two agents beat at different speeds.
func Run() {
	for _, speed := range []time.Duration{time.Millisecond, 2 * time.Millisecond} {
		beatEvery = speed
		peer := &countingPeer{}
		agent := StartAgent("run", peer)
		peer.await(3)
		agent.Stop()
	}
}
