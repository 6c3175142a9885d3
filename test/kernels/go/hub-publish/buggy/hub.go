package kernel

import (
	"sync"
	"time"
)

// Event is what subscribers are told.
type Event struct {
	Topic string
	At    time.Time
}

// Hub counts events by topic in one place.
type Hub struct {
	mu      sync.Mutex
	counts  map[string]int
	last    map[string]time.Time
	events  chan Event
	stopped chan struct{}
}

// NewHub starts a hub.
func NewHub() *Hub {
	h := &Hub{
		counts:  make(map[string]int),
		last:    make(map[string]time.Time),
		events:  make(chan Event),
		stopped: make(chan struct{}),
	}
	go h.run()
	return h
}

func (h *Hub) run() {
	defer close(h.stopped)
	for event := range h.events {
		h.record(event)
	}
}

func (h *Hub) record(event Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts[event.Topic]++
}

// Publish hands an event to the hub.
func (h *Hub) Publish(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last[topic] = time.Now()
	h.events <- Event{Topic: topic, At: h.last[topic]}
}

// Count returns how many events of a topic there were.
func (h *Hub) Count(topic string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.counts[topic]
}

// Close stops the hub and waits for it.
func (h *Hub) Close() {
	close(h.events)
	<-h.stopped
}

// Run publishes a few events.
func Run() {
	hub := NewHub()
	for i := 0; i < 50; i++ {
		hub.Publish("disk")
	}
	_ = hub.Count("disk")
	hub.Close()
}
