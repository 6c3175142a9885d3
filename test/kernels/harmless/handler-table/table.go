// Package handlers passes messages to handlers that can be changed at any time.
package handlers

import (
	"sync"
	"sync/atomic"
)

// Handler handles a message.
type Handler func(body string) string

type table struct {
	byName   map[string]Handler
	fallback Handler
}

// Mux finds the handler of a message without taking a lock.
type Mux struct {
	mu      sync.Mutex // for those who change the table
	current atomic.Pointer[table]
}

// NewMux returns a mux that answers with nothing.
func NewMux() *Mux {
	m := &Mux{}
	m.current.Store(&table{fallback: func(string) string { return "" }})
	return m
}

func (m *Mux) change(edit func(*table)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.current.Load()
	next := &table{byName: make(map[string]Handler, len(old.byName)+1), fallback: old.fallback}
	for name, handler := range old.byName {
		next.byName[name] = handler
	}
	edit(next)
	m.current.Store(next)
}

// Handle sets the handler of a name.
func (m *Mux) Handle(name string, handler Handler) {
	m.change(func(t *table) { t.byName[name] = handler })
}

// Drop removes the handler of a name.
func (m *Mux) Drop(name string) {
	m.change(func(t *table) { delete(t.byName, name) })
}

// Fallback sets what handles all other messages.
func (m *Mux) Fallback(handler Handler) {
	m.change(func(t *table) { t.fallback = handler })
}

// Serve answers a message.
func (m *Mux) Serve(name, body string) string {
	t := m.current.Load()
	if handler, ok := t.byName[name]; ok {
		return handler(body)
	}
	return t.fallback(body)
}

// Names counts the handlers.
func (m *Mux) Names() int { return len(m.current.Load().byName) }

// Watchers is a list that is copied when it changes.
type Watchers struct {
	mu   sync.Mutex
	list []func(string)
}

// Add appends a watcher; the old list stays as it is.
func (w *Watchers) Add(watch func(string)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	next := make([]func(string), len(w.list), len(w.list)+1)
	copy(next, w.list)
	w.list = append(next, watch)
}

// Notify calls all watchers without the lock.
func (w *Watchers) Notify(name string) {
	w.mu.Lock()
	list := w.list
	w.mu.Unlock()
	for _, watch := range list {
		watch(name)
	}
}

// Run serves while the table changes.
func Run() {
	mux := NewMux()
	watchers := &Watchers{}
	var seen atomic.Int64
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for n := 0; n < 100; n++ {
				_ = mux.Serve("echo", "hello")
				watchers.Notify("echo")
			}
		}()
		go func() {
			defer wg.Done()
			mux.Handle("echo", func(body string) string { return body })
			watchers.Add(func(string) {
				seen.Add(1)
				if seen.Load() == 7 {
					watchers.Add(func(string) {})
				}
			})
			mux.Drop("other")
		}()
	}
	wg.Wait()
	mux.Fallback(func(string) string { return "?" })
	_ = mux.Names()
}
