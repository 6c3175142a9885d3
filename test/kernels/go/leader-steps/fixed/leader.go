package kernel

import (
	"fmt"
	"sync"
	"time"
)

type proposal struct {
	term  int
	index int
	value string
}

type follower interface {
	ID() string
	Append(p proposal) (matched int, ok bool)
}

type leader struct {
	followers []follower

	mu      sync.Mutex
	term    int
	log     []proposal
	matched map[string]int
	commit  int
}

func newLeader(term int, fs ...follower) *leader {
	return &leader{term: term, followers: fs, matched: make(map[string]int)}
}

// propose appends a value, and commits it when a majority has it.
func (l *leader) propose(value string) (int, error) {
	l.mu.Lock()
	p := proposal{l.term, len(l.log) + 1, value}
	l.log = append(l.log, p)
	l.mu.Unlock()
	l.replicate(p)
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.advance(p.index) {
		return 0, fmt.Errorf("proposal %d has no majority", p.index)
	}
	return p.index, nil
}

func (l *leader) replicate(p proposal) {
	var acks sync.WaitGroup
	acks.Add(len(l.followers))
	for _, f := range l.followers {
		go func() {
			defer acks.Done()
			l.push(f, p)
		}()
	}
	acks.Wait()
}

func (l *leader) push(f follower, p proposal) {
	for try := 0; try < 3; try++ {
		if n, ok := f.Append(p); ok {
			l.acknowledge(f.ID(), n)
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func (l *leader) acknowledge(id string, index int) {
	l.mu.Lock()
	if index > l.matched[id] {
		l.matched[id] = index
	}
	l.mu.Unlock()
}

func (l *leader) advance(index int) bool {
	votes := 1
	for _, m := range l.matched {
		if m >= index {
			votes++
		}
	}
	if votes*2 > len(l.followers)+1 {
		l.commit = max(l.commit, index)
		return true
	}
	return false
}

type memoryFollower struct {
	id      string
	hiccups int
	entries []proposal
}

func (m *memoryFollower) ID() string { return m.id }

func (m *memoryFollower) Append(p proposal) (int, bool) {
	if m.hiccups > 0 {
		m.hiccups--
		return 0, false
	}
	m.entries = append(m.entries, p)
	return p.index, true
}

// Run proposes two values to two followers.
func Run() {
	l := newLeader(3, &memoryFollower{id: "b", hiccups: 1}, &memoryFollower{id: "c"})
	for _, v := range []string{"x=1", "y=2"} {
		if _, err := l.propose(v); err != nil {
			panic(err)
		}
	}
}
