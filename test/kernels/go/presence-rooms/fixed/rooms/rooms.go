// Package rooms seats people in rooms.
package rooms

import (
	"sync"
	"time"

	"scratch/kernel/presence"
)

// House has rooms, and people in them while they are online.
type House struct {
	mu     sync.Mutex
	rooms  map[string]map[string]bool
	online *presence.Book
}

// NewHouse opens a house.
func NewHouse(online *presence.Book) *House {
	return &House{rooms: make(map[string]map[string]bool), online: online}
}

// Enter seats somebody in a room.
func (h *House) Enter(room, user string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[room] == nil {
		h.rooms[room] = make(map[string]bool)
	}
	h.rooms[room][user] = true
	h.online.Touch(user)
}

// Count returns how many people sit in a room.
func (h *House) Count(room string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.rooms[room])
}

// Sweep empties the seats of people who have gone.
func (h *House) Sweep(after time.Duration) {
	h.online.Expire(after, func(user string) {
		h.leave(user)
	})
}

func (h *House) leave(user string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, people := range h.rooms {
		delete(people, user)
	}
}
