package kernel

import "sync"

// Transport brings messages to peers and their answers back.
type Transport struct {
	outgoing chan message
	node     *Node
	stop     chan struct{}
	wg       *sync.WaitGroup
	sent     int
}

func newTransport(node *Node, stop chan struct{}, wg *sync.WaitGroup) *Transport {
	t := &Transport{outgoing: make(chan message), node: node, stop: stop, wg: wg}
	node.transport = t
	return t
}

func (t *Transport) run() {
	defer t.wg.Done()
	for {
		select {
		case m := <-t.outgoing:
			t.sent++
			t.deliver(m)
		case <-t.stop:
			return
		}
	}
}

func (t *Transport) deliver(m message) {
	reply := message{kind: msgAck, from: m.to, to: m.from, index: m.index}
	t.node.inbox <- reply
}
