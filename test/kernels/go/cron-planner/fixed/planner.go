package kernel

import (
	"sync"
	"time"
)

// entry is what the planner runs.
type entry interface {
	ID() string
	Due(now time.Time) bool
	Fire()
	Halt()
}

type planner struct {
	lock    sync.Mutex
	entries map[string]entry
	retired int
}

func newPlanner() *planner {
	return &planner{entries: map[string]entry{}}
}

func (p *planner) schedule(e entry) {
	p.lock.Lock()
	old := p.entries[e.ID()]
	p.entries[e.ID()] = e
	p.lock.Unlock()
	if old != nil {
		old.Halt()
	}
}

func (p *planner) tick(now time.Time) int {
	fired := 0
	for _, e := range p.due(now) {
		e.Fire()
		fired++
	}
	return fired
}

func (p *planner) due(now time.Time) []entry {
	p.lock.Lock()
	defer p.lock.Unlock()
	var list []entry
	for _, e := range p.entries {
		if e.Due(now) {
			list = append(list, e)
		}
	}
	return list
}

func (p *planner) forget(id string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if _, ok := p.entries[id]; ok {
		delete(p.entries, id)
		p.retired++
	}
}

func (p *planner) haltAll() {
	p.lock.Lock()
	all := make([]entry, 0, len(p.entries))
	for _, e := range p.entries {
		all = append(all, e)
	}
	p.lock.Unlock()
	for _, e := range all {
		e.Halt()
	}
}
