package kernel

import (
	"errors"
	"sync"
)

var errFull = errors.New("node has no room")

type node struct {
	name  string
	slots int

	mu       sync.Mutex
	attached map[string]*volume
}

func newNode(name string, slots int) *node {
	return &node{name: name, slots: slots, attached: make(map[string]*volume)}
}

func (n *node) admit(v *volume) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.attached) >= n.slots {
		return errFull
	}
	n.attached[v.id] = v
	return nil
}

func (n *node) dismiss(id string) {
	n.mu.Lock()
	delete(n.attached, id)
	n.mu.Unlock()
}

// drain detaches all volumes before maintenance.
func (n *node) drain() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	gone := 0
	for id, v := range n.attached {
		if v.unbind(n) {
			delete(n.attached, id)
			gone++
		}
	}
	return gone
}
