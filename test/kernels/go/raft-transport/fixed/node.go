package kernel

import "sync"

type messageType int

const (
	msgPropose messageType = iota
	msgAppend
	msgAck
)

type message struct {
	kind     messageType
	from, to int
	index    int
}

type progress struct {
	match int
}

// Node is the part that decides; it talks to a Transport.
type Node struct {
	id        int
	transport *Transport
	proposals chan int
	inbox     chan message
	stop      chan struct{}
	wg        *sync.WaitGroup

	last    int
	commit  int
	peers   map[int]*progress
	applied func(index int)
}

func newNode(id int, peers []int, wg *sync.WaitGroup, stop chan struct{}, applied func(int)) *Node {
	n := &Node{
		id:        id,
		proposals: make(chan int),
		inbox:     make(chan message),
		stop:      stop,
		wg:        wg,
		peers:     make(map[int]*progress),
		applied:   applied,
	}
	for _, p := range peers {
		n.peers[p] = &progress{}
	}
	return n
}

func (n *Node) run() {
	defer n.wg.Done()
	for {
		select {
		case <-n.proposals:
			n.last++
			n.broadcast()
		case m := <-n.inbox:
			n.step(m)
		case <-n.stop:
			return
		}
	}
}

func (n *Node) broadcast() {
	for id := range n.peers {
		n.transport.outgoing <- message{kind: msgAppend, from: n.id, to: id, index: n.last}
	}
}

func (n *Node) step(m message) {
	if m.kind != msgAck {
		return
	}
	p := n.peers[m.from]
	if m.index > p.match {
		p.match = m.index
	}
	for n.commit < n.last && n.quorum(n.commit+1) {
		n.commit++
		n.applied(n.commit)
	}
}

func (n *Node) quorum(index int) bool {
	have := 1
	for _, p := range n.peers {
		if p.match >= index {
			have++
		}
	}
	return have > (len(n.peers)+1)/2
}
