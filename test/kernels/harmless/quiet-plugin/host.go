// Package quietplugin calls code of others under a lock, and recovers where the lock is released.
package quietplugin

import (
	"fmt"
	"sync"
)

// Plugin is code of somebody else.
type Plugin interface {
	Handle(event string) error
}

// PluginFunc is a plugin of one function.
type PluginFunc func(string) error

// Handle implements Plugin.
func (f PluginFunc) Handle(event string) error { return f(event) }

// Host calls plugins one at a time.
type Host struct {
	mu      sync.Mutex
	plugins []Plugin
	faults  int
}

// Add adds a plugin.
func (h *Host) Add(p Plugin) {
	h.mu.Lock()
	h.plugins = append(h.plugins, p)
	h.mu.Unlock()
}

// Send passes an event to all.
func (h *Host) Send(event string) {
	h.mu.Lock()
	plugins := append([]Plugin(nil), h.plugins...)
	h.mu.Unlock()
	for _, p := range plugins {
		if err := h.call(p, event); err != nil {
			h.mu.Lock()
			h.faults++
			h.mu.Unlock()
		}
	}
}

func (h *Host) call(p Plugin, event string) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panicked: %v", cause)
		}
	}()
	return p.Handle(event)
}

// Exclusive calls a function while nobody else changes anything.
func (h *Host) Exclusive(do func([]Plugin)) (err error) {
	h.mu.Lock()
	defer func() {
		h.mu.Unlock()
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panicked: %v", cause)
		}
	}()
	do(h.plugins)
	return nil
}

// Run calls a plugin that panics.
func Run() {
	h := &Host{}
	h.Add(PluginFunc(func(e string) error { _ = e[3]; return nil }))
	h.Send("boot")
	h.Send("")
	_ = h.Exclusive(func(p []Plugin) { _ = p[9] })
	h.Send("halt")
}
