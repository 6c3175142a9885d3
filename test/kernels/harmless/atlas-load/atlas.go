// Package atlas knows places and how they are connected.
package atlas

import (
	"fmt"
	"strings"
	"sync"
)

// Place is on the map.
type Place struct {
	Name  string
	Roads []string
}

// Atlas can be extended while it is used.
type Atlas struct {
	mu      sync.RWMutex
	places  map[string]*Place
	checked bool
	version int
}

// Load reads an atlas from lines such as `a: b c`.
func Load(text string) (*Atlas, error) {
	a := &Atlas{places: make(map[string]*Place)}
	a.version = 1
	for _, line := range strings.Split(text, "\n") {
		if err := a.parse(line); err != nil {
			return nil, err
		}
	}
	// Nobody else has the atlas yet.
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.check(); err != nil {
		return nil, err
	}
	return a, nil
}

func (a *Atlas) parse(line string) error {
	name, roads, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon in %q", line)
	}
	a.places[name] = &Place{Name: name, Roads: strings.Fields(roads)}
	return nil
}

func (a *Atlas) check() error {
	for _, place := range a.places {
		for _, road := range place.Roads {
			if _, ok := a.places[road]; !ok {
				return fmt.Errorf("a road from %s leads to nowhere: %s", place.Name, road)
			}
		}
	}
	a.checked = true
	return nil
}

// Connect builds a road.
func (a *Atlas) Connect(from, to string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	start, ok := a.places[from]
	if !ok || a.places[to] == nil {
		return false
	}
	start.Roads = append(start.Roads, to)
	a.version++
	return true
}

// Reach counts the places that can be reached.
func (a *Atlas) Reach(from string) int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	seen := make(map[string]bool)
	a.walk(from, seen)
	return len(seen)
}

func (a *Atlas) walk(name string, seen map[string]bool) {
	place := a.places[name]
	if place == nil || seen[name] {
		return
	}
	seen[name] = true
	for _, road := range place.Roads {
		a.walk(road, seen)
	}
}

// Version grows with every change.
func (a *Atlas) Version() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.version
}

// Run extends an atlas while it is used.
func Run() {
	a, err := Load("a: b\nb: c\nc:\nd: a")
	if err != nil {
		return
	}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := 0; i < 20; i++ {
			a.Connect("c", "d")
		}
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 20; i++ {
			_ = a.Reach("a") + a.Version()
		}
	}()
	wg.Wait()
	_, _ = Load("a: x")
}
