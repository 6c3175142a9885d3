package kernel

import (
	"fmt"
	"sort"
	"sync"
)

type series struct {
	name   string
	points []float64
}

type node interface {
	fetch(expr string) ([]series, error)
}

type merged struct {
	byName map[string]*series
	order  []string
}

func (m *merged) add(s series) {
	old, ok := m.byName[s.name]
	if !ok {
		m.byName[s.name] = &s
		m.order = append(m.order, s.name)
		return
	}
	old.points = append(old.points, s.points...)
}

type gatherer struct {
	nodes []node

	mu     sync.Mutex
	errors []error
}

func (g *gatherer) failed(err error) {
	g.mu.Lock()
	g.errors = append(g.errors, err)
	g.mu.Unlock()
}

func (g *gatherer) query(expr string) []string {
	parts := make(chan []series)
	m := &merged{byName: map[string]*series{}}
	go g.merge(m, parts)
	g.ask(expr, parts)
	g.mu.Lock()
	defer g.mu.Unlock()
	sort.Strings(m.order)
	return m.order
}

func (g *gatherer) merge(m *merged, parts <-chan []series) {
	for list := range parts {
		g.mu.Lock()
		for _, s := range list {
			m.add(s)
		}
		g.mu.Unlock()
	}
}

func (g *gatherer) ask(expr string, parts chan<- []series) {
	var wg sync.WaitGroup
	for _, n := range g.nodes {
		wg.Add(1)
		go func() {
			defer wg.Done()
			list, err := n.fetch(expr)
			if err != nil {
				g.failed(err)
				return
			}
			parts <- list
		}()
	}
	wg.Wait()
}

type staticNode struct {
	id   int
	down bool
}

func (s staticNode) fetch(expr string) ([]series, error) {
	if s.down {
		return nil, fmt.Errorf("node %d is down", s.id)
	}
	return []series{
		{name: expr, points: []float64{float64(s.id)}},
		{name: fmt.Sprintf("%s:%d", expr, s.id)},
	}, nil
}

// Run asks three nodes of which one is down.
func Run() {
	g := &gatherer{nodes: []node{staticNode{id: 1}, staticNode{id: 2, down: true}, staticNode{id: 3}}}
	_ = g.query("up")
	_ = g.query("load")
}
