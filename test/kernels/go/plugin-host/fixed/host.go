package kernel

import (
	"fmt"
	"sort"
	"sync"
)

// Plugin is code of somebody else.
type Plugin interface {
	Name() string
	Handle(event string) error
}

type slot struct {
	plugin   Plugin
	calls    int
	failures int
	disabled bool
}

// Host keeps plugins and passes events to them.
type Host struct {
	mu    sync.Mutex
	slots map[string]*slot
	limit int
	logf  func(format string, args ...any)
}

// NewHost returns a host that disables a plugin after so many failures.
func NewHost(limit int, logf func(string, ...any)) *Host {
	return &Host{slots: make(map[string]*slot), limit: limit, logf: logf}
}

// Install adds a plugin.
func (h *Host) Install(p Plugin) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.slots[p.Name()] = &slot{plugin: p}
}

// Dispatch passes an event to every plugin.
func (h *Host) Dispatch(event string) {
	for _, name := range h.Installed() {
		if err := h.safely(name, event); err != nil {
			h.logf("plugin %s: %v", name, err)
		}
	}
}

// Installed lists the plugins by name.
func (h *Host) Installed() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	names := make([]string, 0, len(h.slots))
	for name := range h.slots {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (h *Host) safely(name, event string) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panicked: %v", cause)
		}
	}()
	return h.deliver(name, event)
}

func (h *Host) deliver(name, event string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, ok := h.slots[name]
	if !ok || s.disabled {
		return nil
	}
	s.calls++
	err := s.plugin.Handle(event)
	if err != nil {
		s.failures++
		s.disabled = s.failures >= h.limit
	}
	return err
}

type splitter struct{ sep byte }

func (s splitter) Name() string { return "splitter" }

func (s splitter) Handle(event string) error {
	if event[0] == s.sep {
		return fmt.Errorf("event %q starts with a separator", event)
	}
	return nil
}

// Run passes some events to a plugin.
func Run() {
	host := NewHost(3, func(string, ...any) {})
	host.Install(splitter{':'})
	for _, event := range []string{"boot", ":odd", "", "halt"} {
		host.Dispatch(event)
	}
}
