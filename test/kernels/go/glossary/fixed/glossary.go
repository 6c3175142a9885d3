package kernel

import (
	"strings"
	"sync"
)

type entry struct {
	term string
	text string
	hits int
}

type glossary struct {
	mu      sync.RWMutex
	entries map[string]*entry
	stems   map[string]string
}

func (g *glossary) add(term, text string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.entries[term] = &entry{term: term, text: text}
}

func (g *glossary) stem(term string) string {
	if s, ok := g.stems[term]; ok {
		return s
	}
	s := strings.TrimSuffix(strings.ToLower(term), "s")
	g.stems[term] = s
	return s
}

func (g *glossary) explain(term string) (string, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	e, ok := g.entries[g.stem(term)]
	if !ok {
		return "", false
	}
	return e.text, true
}

func (g *glossary) size() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return len(g.entries)
}

// Run looks terms up from two readers.
func Run() {
	g := &glossary{entries: map[string]*entry{}, stems: map[string]string{}}
	g.add("keel", "lowest timber")
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, term := range []string{"Keels", "keel", "Masts", "mast"} {
				g.explain(term)
				g.size()
			}
		}()
	}
	wg.Wait()
}
