package kernel

import (
	"fmt"
	"strings"
	"sync"
)

// Node is a part of a machine, with parts of its own.
type Node struct {
	name string

	mu     sync.RWMutex
	state  string
	faults int
	parts  []*Node
}

// NewNode returns a part.
func NewNode(name string) *Node {
	return &Node{name: name, state: "ok"}
}

// Attach adds parts.
func (n *Node) Attach(parts ...*Node) *Node {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.parts = append(n.parts, parts...)
	return n
}

// String implements fmt.Stringer.
func (n *Node) String() string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.label()
}

func (n *Node) label() string {
	if n.faults > 0 {
		return fmt.Sprintf("%s[%s, %d faults]", n.name, n.state, n.faults)
	}
	return n.name + "[" + n.state + "]"
}

// Report notes a state.
func (n *Node) Report(state string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if state != "ok" {
		n.faults++
	}
	n.state = state
}

// Describe writes the part and everything below it.
func (n *Node) Describe() string {
	var b strings.Builder
	n.describe(&b, 0)
	return b.String()
}

func (n *Node) describe(b *strings.Builder, depth int) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	fmt.Fprintf(b, "%s%s\n", strings.Repeat("  ", depth), n.label())
	for _, part := range n.parts {
		part.describe(b, depth+1)
	}
}
