package kernel

import (
	"fmt"
	"sync"
	"time"
)

type session struct {
	user    string
	expires time.Time
}

// Table keeps the sessions of a server.
type Table struct {
	mu       sync.Mutex
	sessions map[string]*session
	quit     chan struct{}
	stopped  sync.WaitGroup
}

// NewTable starts a table that forgets old sessions.
func NewTable() *Table {
	t := &Table{sessions: make(map[string]*session), quit: make(chan struct{})}
	t.stopped.Add(1)
	go t.sweepLoop()
	return t
}

func (t *Table) sweepLoop() {
	defer t.stopped.Done()
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-t.quit:
			return
		case now := <-ticker.C:
			t.sweep(now)
		}
	}
}

func (t *Table) sweep(now time.Time) {
	var old []string
	t.mu.Lock()
	for id, s := range t.sessions {
		if now.After(s.expires) {
			old = append(old, id)
		}
	}
	t.mu.Unlock()
	for _, id := range old {
		t.Remove(id)
	}
}

// Open adds a session.
func (t *Table) Open(id, user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sessions[id] = &session{user: user, expires: time.Now().Add(time.Millisecond)}
}

// Remove ends a session.
func (t *Table) Remove(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.sessions, id)
}

// User says whose session it is.
func (t *Table) User(id string) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.sessions[id]
	if !ok {
		return "", false
	}
	return s.user, true
}

// Close stops the table.
func (t *Table) Close() {
	close(t.quit)
	t.stopped.Wait()
}

// Run opens a few sessions.
func Run() {
	table := NewTable()
	for i := 0; i < 200; i++ {
		id := fmt.Sprint(i)
		table.Open(id, "someone")
		_, _ = table.User(id)
		time.Sleep(50 * time.Microsecond)
	}
	table.Close()
}
