// Package readerchain reads under a lock that is taken once on the way down.
package readerchain

import (
	"fmt"
	"strings"
	"sync"
)

// Tree has a lock at its root alone.
type Tree struct {
	mu   sync.RWMutex
	root *node
}

type node struct {
	name     string
	children []*node
}

func (n *node) String() string {
	if len(n.children) == 0 {
		return n.name
	}
	parts := make([]string, 0, len(n.children))
	for _, child := range n.children {
		parts = append(parts, child.String())
	}
	return fmt.Sprintf("%s(%s)", n.name, strings.Join(parts, " "))
}

// String implements fmt.Stringer.
func (t *Tree) String() string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return fmt.Sprint(t.root)
}

// Add adds a child to the root.
func (t *Tree) Add(name string) {
	t.mu.Lock()
	t.root.children = append(t.root.children, &node{name: name})
	t.mu.Unlock()
	t.note(fmt.Sprintf("added %s to %s", name, t))
}

func (t *Tree) note(text string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	_ = len(text) + len(t.root.name)
}

// Run adds and prints at once.
func Run() {
	t := &Tree{root: &node{name: "root"}}
	var wg sync.WaitGroup
	for i := 0; i < 5; i++ {
		wg.Add(2)
		go func() { defer wg.Done(); t.Add("child") }()
		go func() { defer wg.Done(); _ = t.String() }()
	}
	wg.Wait()
}
