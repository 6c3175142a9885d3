package kernel

import "sync"

// Attacher tracks which volume is attached where.
type Attacher struct {
	mu        sync.Mutex
	volumes   map[string]*Volume
	observers []Observer
}

// Option changes a new Attacher.
type Option func(*Attacher)

// WithAudit writes each change to sink.
func WithAudit(sink func(string)) Option {
	return func(a *Attacher) { a.observers = append(a.observers, &auditObserver{sink: sink}) }
}

// WithPressure raises alarms above limit bytes for one node.
func WithPressure(limit int64) Option {
	return func(a *Attacher) {
		a.observers = append(a.observers, &pressureObserver{source: a, limit: limit})
	}
}

// NewAttacher returns an Attacher that knows the volumes.
func NewAttacher(volumes []Volume, opts ...Option) *Attacher {
	a := &Attacher{volumes: make(map[string]*Volume, len(volumes))}
	for i := range volumes {
		v := volumes[i]
		a.volumes[v.ID] = &v
	}
	for _, opt := range opts {
		opt(a)
	}
	return a
}

// Attach moves a volume to a node.
func (a *Attacher) Attach(id, node string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	v, ok := a.volumes[id]
	if !ok {
		return errNoVolume
	}
	v.Node = node
	a.attached(*v)
	return nil
}

func (a *Attacher) attached(v Volume) {
	for _, o := range a.observers {
		o.Attached(v)
	}
}

// Detach takes a volume from its node.
func (a *Attacher) Detach(id string) error {
	a.mu.Lock()
	v, ok := a.volumes[id]
	if !ok {
		a.mu.Unlock()
		return errNoVolume
	}
	old := *v
	v.Node = ""
	a.mu.Unlock()
	for _, o := range a.observers {
		o.Detached(old)
	}
	return nil
}

// NodeUsage sums the bytes attached to a node.
func (a *Attacher) NodeUsage(node string) int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	var total int64
	for _, v := range a.volumes {
		if v.Node == node {
			total += v.Bytes
		}
	}
	return total
}

// Run attaches two volumes under an audit and then under a limit.
func Run() {
	volumes := []Volume{{ID: "v1", Bytes: 10}, {ID: "v2", Bytes: 20}}
	plain := NewAttacher(volumes, WithAudit(func(string) {}))
	_ = plain.Attach("v1", "n1")
	_ = plain.Detach("v1")

	limited := NewAttacher(volumes, WithAudit(func(string) {}), WithPressure(15))
	_ = limited.Attach("v1", "n1")
	_ = limited.Attach("v2", "n1")
	_ = limited.Detach("v2")
}
