package kernel

import (
	"sync"
	"time"
)

type status int

const (
	alive status = iota
	suspect
	dead
)

type member struct {
	mu       sync.Mutex
	name     string
	state    status
	beats    int
	lastBeat time.Time
}

func (m *member) beat(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lastBeat = now
	m.beats++
	m.state = alive
}

func (m *member) age(now time.Time, limit time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch d := now.Sub(m.lastBeat); {
	case d > 2*limit:
		m.state = dead
	case d > limit:
		m.state = suspect
	}
}

func (m *member) usable() bool {
	return m.state != dead && m.name != ""
}

func (m *member) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.beats
}

type memberList struct {
	mu      sync.RWMutex
	members []*member
}

func (l *memberList) add(name string) *member {
	m := &member{name: name}
	l.mu.Lock()
	l.members = append(l.members, m)
	l.mu.Unlock()
	return m
}

func (l *memberList) pick(n int) []*member {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var out []*member
	for _, m := range l.members {
		if len(out) < n && m.usable() {
			out = append(out, m)
		}
	}
	return out
}

type detector struct {
	list *memberList
	done chan struct{}
}

func (d *detector) receive(m *member, n int) {
	defer close(d.done)
	for i := 0; i < n; i++ {
		now := time.Now()
		m.beat(now)
		m.age(now, time.Second)
	}
}

// Run picks members while heartbeats arrive.
func Run() {
	list := &memberList{}
	list.add("n1")
	d := &detector{list, make(chan struct{})}
	go d.receive(list.add("n2"), 500)
	for i := 0; i < 500; i++ {
		_ = list.pick(2)
	}
	<-d.done
}
