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
	var replies []message
	for {
		var inbox chan<- message
		var next message
		if len(replies) > 0 {
			inbox, next = t.node.inbox, replies[0]
		}
		select {
		case m := <-t.outgoing:
			t.sent++
			replies = append(replies, message{kind: msgAck, from: m.to, to: m.from, index: m.index})
		case inbox <- next:
			replies = replies[1:]
		case <-t.stop:
			return
		}
	}
}
