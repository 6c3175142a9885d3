package kernel

import "sync"

// Values are settings by name.
type Values map[string]string

// Observer wants to know about new settings.
type Observer interface {
	ConfigChanged(source Source)
}

// Source gives settings out.
type Source interface {
	Lookup(name string) (string, bool)
}

// Watcher keeps the settings of a process.
type Watcher struct {
	mu        sync.Mutex
	current   Values
	observers []Observer
	version   int
}

// NewWatcher returns a watcher with first settings.
func NewWatcher(first Values) *Watcher {
	return &Watcher{current: first}
}

// Register adds an observer.
func (w *Watcher) Register(o Observer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.observers = append(w.observers, o)
}

// Lookup implements Source.
func (w *Watcher) Lookup(name string) (string, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, ok := w.current[name]
	return value, ok
}

// Apply replaces the settings.
func (w *Watcher) Apply(next Values) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if same(w.current, next) {
		return w.version
	}
	w.current = next
	w.version++
	w.announce()
	return w.version
}

func (w *Watcher) announce() {
	for _, o := range w.observers {
		o.ConfigChanged(w)
	}
}

func same(a, b Values) bool {
	if len(a) != len(b) {
		return false
	}
	for name, value := range a {
		if other, ok := b[name]; !ok || other != value {
			return false
		}
	}
	return true
}
