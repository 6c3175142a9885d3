package kernel

import (
	"sync"
)

type partition struct {
	topic string
	id    int32
}

type position struct {
	committed int64
	consumed  int64
}

type tracker struct {
	mu        sync.Mutex
	positions map[partition]position
	paused    map[partition]bool
}

func newTracker() *tracker {
	return &tracker{
		positions: make(map[partition]position),
		paused:    make(map[partition]bool),
	}
}

func (t *tracker) advance(p partition, offset int64) {
	t.mu.Lock()
	pos := t.positions[p]
	if offset > pos.consumed {
		pos.consumed = offset
	}
	t.positions[p] = pos
	t.mu.Unlock()
}

func (t *tracker) commit(p partition, offset int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	pos := t.positions[p]
	pos.committed = offset
	t.positions[p] = pos
}

// each visits all partitions until visit says no.
func (t *tracker) each(visit func(p partition, pos position) bool) {
	t.mu.Lock()
	all := make(map[partition]position, len(t.positions))
	for p, pos := range t.positions {
		all[p] = pos
	}
	t.mu.Unlock()
	for p, pos := range all {
		if !visit(p, pos) {
			return
		}
	}
}

func (t *tracker) pause(p partition) {
	t.mu.Lock()
	t.paused[p] = true
	t.mu.Unlock()
}
