package kernel

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

// Event tells what happened to a roster.
type Event struct {
	Kind string
	Who  string
	At   time.Time
}

// Listener gets the events of a roster.
type Listener func(Event)

// Roster keeps who is in a room.
type Roster struct {
	mu        sync.RWMutex
	room      string
	members   map[string]time.Time
	listeners []Listener
	history   []string
}

// NewRoster returns a roster for a room.
func NewRoster(room string) *Roster {
	return &Roster{room: room, members: make(map[string]time.Time)}
}

// String names the room and who is in it.
func (r *Roster) String() string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	names := make([]string, 0, len(r.members))
	for name := range r.members {
		names = append(names, name)
	}
	sort.Strings(names)
	return r.room + "[" + strings.Join(names, " ") + "]"
}

// Join adds a member.
func (r *Roster) Join(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.members[name] = time.Now()
	r.history = append(r.history, "join "+name)
}

// Seen says when a member was seen last.
func (r *Roster) Seen(name string) (time.Time, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	at, ok := r.members[name]
	if !ok {
		time.Sleep(time.Millisecond)
		return time.Time{}, fmt.Errorf("%s is not in %v", name, r)
	}
	return at, nil
}

// Run asks for strangers while others join.
func Run() {
	roster := NewRoster("lobby")
	var wg sync.WaitGroup
	for worker := 0; worker < 4; worker++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for i := 0; i < 50; i++ {
				_, _ = roster.Seen("nobody")
			}
		}()
		go func(worker int) {
			defer wg.Done()
			for i := 0; i < 50; i++ {
				roster.Join(fmt.Sprintf("guest-%d-%d", worker, i))
			}
		}(worker)
	}
	wg.Wait()
}
