package kernel

import "sync"

// Listener hears who comes and goes.
type Listener interface {
	MemberChanged(name string, present bool)
}

// Lounge is where members meet.
type Lounge struct {
	mu        sync.Mutex
	listeners map[string]Listener
}

// NewLounge returns an empty lounge.
func NewLounge() *Lounge {
	return &Lounge{listeners: make(map[string]Listener)}
}

// Enter adds a member and tells the others.
func (l *Lounge) Enter(name string, listener Listener) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listeners[name] = listener
	l.tell(name, true)
}

// Exit removes a member and tells the others.
func (l *Lounge) Exit(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.listeners, name)
	l.tell(name, false)
}

func (l *Lounge) tell(name string, present bool) {
	for other, listener := range l.listeners {
		if other != name {
			listener.MemberChanged(name, present)
		}
	}
}

// Size counts the members.
func (l *Lounge) Size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.listeners)
}
