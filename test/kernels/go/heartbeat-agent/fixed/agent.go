package kernel

import (
	"sync"
	"time"
)

// beatEvery is how often an agent says that it is alive.
var beatEvery = 30 * time.Second

// Peer is told that an agent is alive.
type Peer interface {
	Beat(agent string, seq int)
}

// Agent says again and again that it is alive.
type Agent struct {
	name string
	peer Peer
	quit chan struct{}
	done chan struct{}
	once sync.Once
}

// StartAgent starts an agent.
func StartAgent(name string, peer Peer) *Agent {
	a := &Agent{name: name, peer: peer, quit: make(chan struct{}), done: make(chan struct{})}
	go a.run()
	return a
}

func (a *Agent) run() {
	defer close(a.done)
	for seq := 1; ; seq++ {
		select {
		case <-time.After(beatEvery):
			a.peer.Beat(a.name, seq)
		case <-a.quit:
			return
		}
	}
}

// Stop makes an agent silent.
func (a *Agent) Stop() {
	a.once.Do(func() { close(a.quit) })
	<-a.done
}
