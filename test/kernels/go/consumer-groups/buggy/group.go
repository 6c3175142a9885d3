package kernel

import "sync"

type group struct {
	name     string
	onChange func(g *group, generation int)

	mu         sync.RWMutex
	members    map[string]int
	generation int
}

func newGroup(name string, onChange func(*group, int)) *group {
	return &group{name: name, onChange: onChange, members: map[string]int{}}
}

func (g *group) size() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return len(g.members)
}

func (g *group) join(member string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.members[member]++
	g.rebalance()
}

func (g *group) leave(member string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, ok := g.members[member]; !ok {
		return
	}
	delete(g.members, member)
	g.rebalance()
}

func (g *group) rebalance() {
	g.generation++
	share := 0
	if n := len(g.members); n > 0 {
		share = 12 / n
	}
	for m := range g.members {
		g.members[m] = share
	}
	g.onChange(g, g.generation)
}

// Run joins and leaves while the groups are described.
func Run() {
	c := newCoordinator()
	billing, search := c.open("billing"), c.open("search")
	var wg sync.WaitGroup
	churn := func(g *group) {
		defer wg.Done()
		for i := 0; i < 100; i++ {
			g.join("m1")
			g.join("m2")
			g.leave("m1")
		}
	}
	wg.Add(3)
	go churn(billing)
	go churn(search)
	go func() {
		defer wg.Done()
		for i := 0; i < 5000; i++ {
			c.describe()
		}
	}()
	wg.Wait()
}
