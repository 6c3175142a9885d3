package kernel

import (
	"errors"
	"fmt"
	"sync"
)

var errNoVolume = errors.New("no such volume")

// Volume is a piece of storage that can be attached to a node.
type Volume struct {
	ID    string
	Node  string
	Bytes int64
}

// Observer hears about what the attacher does.
type Observer interface {
	Attached(v Volume)
	Detached(v Volume)
}

// UsageSource knows how much is attached to a node.
type UsageSource interface {
	NodeUsage(node string) int64
}

type auditObserver struct {
	sink func(line string)
}

func (a *auditObserver) Attached(v Volume) { a.sink(fmt.Sprintf("attach %s to %s", v.ID, v.Node)) }
func (a *auditObserver) Detached(v Volume) { a.sink(fmt.Sprintf("detach %s", v.ID)) }

// pressureObserver raises an alarm when a node has too much attached to it.
type pressureObserver struct {
	source UsageSource
	limit  int64

	mu     sync.Mutex
	alarms []string
}

func (p *pressureObserver) Attached(v Volume) {
	if used := p.source.NodeUsage(v.Node); used > p.limit {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.alarms = append(p.alarms, fmt.Sprintf("%s has %d bytes", v.Node, used))
	}
}

func (p *pressureObserver) Detached(v Volume) {}
