package kernel

import "sync"

type zoneLookup interface {
	Zone(node string) string
}

type claim struct {
	pod, node, zone string
}

// Binder remembers which claim of a pod waits for which node.
type Binder struct {
	mu     sync.Mutex
	lookup zoneLookup
	claims map[string]*claim
}

// NewBinder returns a binder that asks lookup for zones.
func NewBinder(lookup zoneLookup) *Binder {
	return &Binder{lookup: lookup, claims: make(map[string]*claim)}
}

// Reserve notes a claim.
func (b *Binder) Reserve(pod, node string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.claims[pod] = &claim{pod: pod, node: node}
}

// Resync fills in the zones that are missing and returns how many.
func (b *Binder) Resync() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	filled := 0
	for _, c := range b.claims {
		if c.zone == "" {
			c.zone = b.lookup.Zone(c.node)
			filled++
		}
	}
	return filled
}
