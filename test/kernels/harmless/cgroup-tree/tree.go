package kernel

import (
	"fmt"
	"sync"
)

// Limiter says how much may still be used.
type Limiter interface {
	Reserve(n int64) bool
	Release(n int64)
}

// Group is a node of a tree of limits.
type Group struct {
	name   string
	parent Limiter
	limit  int64

	mu       sync.Mutex
	used     int64
	children []*Group
}

type unlimited struct{}

func (unlimited) Reserve(int64) bool { return true }
func (unlimited) Release(int64)      {}

// NewRoot returns the top of a tree.
func NewRoot(limit int64) *Group {
	return &Group{name: "/", parent: unlimited{}, limit: limit}
}

// Child adds a group below g.
func (g *Group) Child(name string, limit int64) *Group {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := &Group{name: name, parent: g, limit: limit}
	g.children = append(g.children, c)
	return c
}

// Reserve takes n here and in all groups above.
func (g *Group) Reserve(n int64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.used+n > g.limit {
		return false
	}
	if !g.parent.Reserve(n) {
		return false
	}
	g.used += n
	return true
}

// Release gives n back here and above.
func (g *Group) Release(n int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.used -= n
	g.parent.Release(n)
}

// String describes the group alone.
func (g *Group) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return fmt.Sprintf("%s: %d of %d below %d", g.name, g.used, g.limit, len(g.children))
}

// Run reserves in two branches.
func Run() {
	root := NewRoot(100)
	apps := root.Child("apps", 80)
	batch := root.Child("batch", 60)
	leaves := []*Group{apps.Child("web", 50), apps.Child("db", 50), batch.Child("job", 60)}
	var wg sync.WaitGroup
	for _, leaf := range leaves {
		wg.Add(1)
		go func(g *Group) {
			defer wg.Done()
			for i := 0; i < 300; i++ {
				if g.Reserve(10) {
					_ = g.String()
					g.Release(10)
				}
				_ = root.String()
			}
		}(leaf)
	}
	wg.Wait()
}
