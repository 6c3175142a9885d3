package kernel

import (
	"sync"
	"time"
)

// Member is a client in a lounge.
type Member struct {
	name   string
	lounge *Lounge
	save   func(friends map[string]bool)

	mu      sync.Mutex
	friends map[string]bool
	gone    bool
}

// Join makes a member.
func Join(lounge *Lounge, name string, save func(map[string]bool)) *Member {
	m := &Member{name: name, lounge: lounge, save: save, friends: make(map[string]bool)}
	lounge.Enter(name, m)
	return m
}

// MemberChanged implements Listener.
func (m *Member) MemberChanged(name string, present bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone {
		return
	}
	m.friends[name] = present
}

// Leave takes the member out of the lounge.
func (m *Member) Leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone {
		return
	}
	m.gone = true
	m.save(m.friends)
	m.lounge.Exit(m.name)
}

// Run lets members come and go for a while.
func Run() {
	for round := 0; round < 15; round++ {
		comeAndGo(NewLounge(), 6)
	}
}

func toDisk(map[string]bool) { time.Sleep(50 * time.Microsecond) }

func comeAndGo(lounge *Lounge, size int) {
	names := []string{"ann", "ben", "cat", "dan", "eve", "fay"}
	var wg sync.WaitGroup
	for _, name := range names[:size] {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			member := Join(lounge, name, toDisk)
			member.Leave()
		}(name)
	}
	wg.Wait()
}
