package kernel

import (
	"sync/atomic"
	"time"
)

type role int32

const (
	following role = iota
	leading
)

type raftNode struct {
	id    string
	term  uint64
	role  role
	onWin []func(term uint64)
}

func (n *raftNode) campaign() {
	term := atomic.AddUint64(&n.term, 1)
	n.role = leading
	for _, f := range n.onWin {
		f(term)
	}
}

func (n *raftNode) currentRole() role {
	return n.role
}

type electionTimer struct {
	node  *raftNode
	every time.Duration
	stopc chan struct{}
	done  chan struct{}
}

func startElectionTimer(n *raftNode, every time.Duration) *electionTimer {
	t := &electionTimer{node: n, every: every, stopc: make(chan struct{}), done: make(chan struct{})}
	go t.run()
	return t
}

func (t *electionTimer) run() {
	defer close(t.done)
	for {
		select {
		case <-time.After(t.every):
			t.node.campaign()
		case <-t.stopc:
			return
		}
	}
}

func (t *electionTimer) stop() {
	close(t.stopc)
	<-t.done
}
