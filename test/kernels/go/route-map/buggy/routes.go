package kernel

import (
	"errors"
	"strconv"
	"sync"
)

// ErrNoRoute is returned for destinations nobody knows.
var ErrNoRoute = errors.New("no route")

// Hop is the next station towards a destination.
type Hop struct {
	Via  string
	Cost int
}

// Map knows how to get to places.
type Map struct {
	lock    sync.RWMutex
	hops    map[string]Hop
	aliases map[string]string
	avoid   map[string]bool
}

// NewMap returns an empty map.
func NewMap() *Map {
	return &Map{
		hops:    make(map[string]Hop),
		aliases: make(map[string]string),
		avoid:   make(map[string]bool),
	}
}

// Learn adds or replaces a hop.
func (m *Map) Learn(destination string, hop Hop) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.hops[destination] = hop
}

// Alias gives a destination another name.
func (m *Map) Alias(alias, destination string) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.aliases[alias] = destination
}

// Avoid takes a station off all routes.
func (m *Map) Avoid(station string) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.avoid[station] = true
}

// Resolve follows aliases.
func (m *Map) Resolve(name string) string {
	m.lock.RLock()
	defer m.lock.RUnlock()
	for i := 0; i < 8; i++ {
		destination, ok := m.aliases[name]
		if !ok {
			break
		}
		name = destination
	}
	return name
}

// Next finds the way to a place.
func (m *Map) Next(name string) (Hop, error) {
	m.lock.RLock()
	defer m.lock.RUnlock()
	hop, ok := m.find(name)
	if !ok || m.avoid[hop.Via] {
		return Hop{}, ErrNoRoute
	}
	return hop, nil
}

func (m *Map) find(name string) (Hop, bool) {
	if hop, ok := m.hops[name]; ok {
		return hop, true
	}
	hop, ok := m.hops[m.Resolve(name)]
	return hop, ok
}

// Run looks routes up while others are learnt.
func Run() {
	m := NewMap()
	m.Learn("harbour", Hop{Via: "bridge", Cost: 3})
	m.Alias("port", "harbour")
	var wg sync.WaitGroup
	wg.Add(5)
	go func() {
		defer wg.Done()
		for i := 0; i < 60000; i++ {
			m.Learn("stop "+strconv.Itoa(i%30), Hop{Via: "tram", Cost: i})
		}
	}()
	for reader := 0; reader < 4; reader++ {
		go func() {
			defer wg.Done()
			for i := 0; i < 30000; i++ {
				_, _ = m.Next("port")
			}
		}()
	}
	wg.Wait()
	m.Avoid("bridge")
}
