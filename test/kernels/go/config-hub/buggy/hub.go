package kernel

import (
	"sync"
	"time"
)

// Event is a change of a key.
type Event struct {
	Key, Value string
}

// Watcher receives events until it is stopped.
type Watcher struct {
	id     int
	prefix string
	events chan Event
	hub    *Hub
}

// Events is where the events come out.
func (w *Watcher) Events() <-chan Event { return w.events }

// Stop takes the watcher off the hub.
func (w *Watcher) Stop() { w.hub.remove(w.id) }

// Hub spreads events to watchers.
type Hub struct {
	mu       sync.Mutex
	nextID   int
	watchers map[int]*Watcher
	values   map[string]string
}

// NewHub returns an empty hub.
func NewHub() *Hub {
	return &Hub{watchers: make(map[int]*Watcher), values: make(map[string]string)}
}

// Watch follows the keys with a prefix.
func (h *Hub) Watch(prefix string) *Watcher {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := &Watcher{id: h.nextID, prefix: prefix, events: make(chan Event), hub: h}
	h.nextID++
	h.watchers[w.id] = w
	return w
}

func (h *Hub) remove(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watchers, id)
}

// Put stores a value and tells the watchers.
func (h *Hub) Put(key, value string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.values[key] == value {
		return
	}
	h.values[key] = value
	h.notify(Event{Key: key, Value: value})
}

func (h *Hub) notify(ev Event) {
	for _, w := range h.watchers {
		if len(ev.Key) < len(w.prefix) || ev.Key[:len(w.prefix)] != w.prefix {
			continue
		}
		w.events <- ev
	}
}

// WaitFor returns when a key has a value, or after the timeout.
func (h *Hub) WaitFor(key, value string, timeout time.Duration) bool {
	w := h.Watch(key)
	defer w.Stop()
	deadline := time.NewTimer(timeout)
	defer deadline.Stop()
	for {
		select {
		case ev := <-w.Events():
			if ev.Value == value {
				return true
			}
		case <-deadline.C:
			return false
		}
	}
}

// Run waits for a value that is followed by others.
func Run() {
	h := NewHub()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		h.WaitFor("limits/cpu", "2", 50*time.Millisecond)
	}()
	time.Sleep(10 * time.Millisecond)
	for _, v := range []string{"1", "2", "3", "4"} {
		h.Put("limits/cpu", v)
	}
	wg.Wait()
}
