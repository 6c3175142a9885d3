package kernel

import (
	"sync"
)

type change struct {
	table string
	seq   uint64
}

type filter func(change) bool

type subscription struct {
	id     int
	accept filter
	events chan change
	feed   *feed
}

func (s *subscription) unsubscribe() {
	s.feed.drop(s.id)
}

type feed struct {
	mu     sync.RWMutex
	subs   map[int]*subscription
	nextID int
	seq    uint64
}

func newFeed() *feed {
	return &feed{subs: map[int]*subscription{}}
}

func (f *feed) subscribe(accept filter) *subscription {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nextID++
	s := &subscription{id: f.nextID, accept: accept, events: make(chan change), feed: f}
	f.subs[s.id] = s
	return s
}

func (f *feed) drop(id int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.subs, id)
}

func (f *feed) publish(table string, seq uint64) int {
	c := change{table, seq}
	f.mu.RLock()
	defer f.mu.RUnlock()
	n := 0
	for _, s := range f.subs {
		if s.accept != nil && !s.accept(c) {
			continue
		}
		s.events <- c
		n++
	}
	return n
}
