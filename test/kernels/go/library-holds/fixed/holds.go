package kernel

import (
	"sort"
	"sync"
)

type hold struct {
	reader string
	since  int
}

// Policy decides who is served before whom.
type Policy func(a, b hold) bool

// Hook hears of a copy that came back.
type Hook func(title string, waiting int)

// Desk keeps the queue of each title.
type Desk struct {
	mu      sync.Mutex
	queues  map[string][]hold
	copies  map[string]int
	policy  Policy
	onFree  []Hook
	returns int
}

// Option sets up a Desk.
type Option func(*Desk)

// WithPolicy replaces first come, first served.
func WithPolicy(p Policy) Option { return func(d *Desk) { d.policy = p } }

// OnFree adds a hook.
func OnFree(h Hook) Option { return func(d *Desk) { d.onFree = append(d.onFree, h) } }

// NewDesk opens a desk.
func NewDesk(options ...Option) *Desk {
	d := &Desk{
		queues: map[string][]hold{},
		copies: map[string]int{},
		policy: func(a, b hold) bool { return a.since < b.since },
	}
	for _, o := range options {
		o(d)
	}
	return d
}

// Hold puts a reader into the queue of a title.
func (d *Desk) Hold(title, reader string, since int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	q := append(d.queues[title], hold{reader, since})
	sort.Slice(q, func(i, j int) bool { return d.policy(q[i], q[j]) })
	d.queues[title] = q
}

// Waiting is the length of a queue.
func (d *Desk) Waiting(title string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.queues[title])
}

// Return takes a copy back.
func (d *Desk) Return(title string) {
	d.mu.Lock()
	d.copies[title]++
	d.returns++
	waiting := len(d.queues[title])
	d.mu.Unlock()
	d.free(title, waiting)
}

func (d *Desk) free(title string, waiting int) {
	for _, h := range d.onFree {
		h(title, waiting)
	}
}

type display struct {
	desk  *Desk
	lines map[string]int
}

func (p *display) refresh(title string, _ int) {
	p.lines[title] = p.desk.Waiting(title)
}

// Run returns a book that two wait for.
func Run() {
	p := &display{lines: map[string]int{}}
	p.desk = NewDesk(OnFree(p.refresh))
	p.desk.Hold("Moby Dick", "ana", 1)
	p.desk.Hold("Moby Dick", "ben", 2)
	p.desk.Return("Moby Dick")
}
