package kernel

import "sync"

// Message is a line in a room.
type Message struct {
	From string
	Text string
}

// Room passes messages to all guests.
type Room struct {
	mu      sync.Mutex
	guests  map[string]*Guest
	history []Message
}

// NewRoom returns an empty room.
func NewRoom() *Room {
	return &Room{guests: make(map[string]*Guest)}
}

// Enter adds a guest.
func (r *Room) Enter(name string, inbox int) *Guest {
	guest := newGuest(r, name, inbox)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.guests[name] = guest
	return guest
}

func (r *Room) leave(name string) (*Guest, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	guest, ok := r.guests[name]
	delete(r.guests, name)
	return guest, ok
}

func (r *Room) present(message Message) []*Guest {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.history = append(r.history, message)
	guests := make([]*Guest, 0, len(r.guests))
	for _, guest := range r.guests {
		guests = append(guests, guest)
	}
	return guests
}

// Say passes a message on.
func (r *Room) Say(from, text string) {
	message := Message{from, text}
	for _, guest := range r.present(message) {
		if guest.name != from {
			guest.deliver(message)
		}
	}
}
