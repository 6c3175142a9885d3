package kernel

import "time"

type periodic struct {
	id    string
	every time.Duration
	next  time.Time
	run   func()
}

func (p *periodic) ID() string { return p.id }

func (p *periodic) Due(now time.Time) bool { return !now.Before(p.next) }

func (p *periodic) Fire() {
	p.next = p.next.Add(p.every)
	p.run()
}

func (p *periodic) Halt() { p.run = func() {} }

type oneShot struct {
	id    string
	at    time.Time
	run   func()
	owner *planner
}

func (o *oneShot) ID() string { return o.id }

func (o *oneShot) Due(now time.Time) bool { return now.After(o.at) }

func (o *oneShot) Fire() {
	o.run()
	o.Halt()
}

func (o *oneShot) Halt() {
	o.run = nil
	o.owner.forget(o.id)
}

// Run fires some entries and halts the rest.
func Run() {
	p := newPlanner()
	start := time.Now()
	count := 0
	bump := func() { count++ }
	p.schedule(&periodic{id: "rotate", every: time.Second, next: start, run: bump})
	p.schedule(&oneShot{id: "warm", at: start, run: bump, owner: p})
	p.schedule(&oneShot{id: "expire", at: start.Add(time.Hour), run: bump, owner: p})
	p.tick(start.Add(time.Millisecond))
	p.haltAll()
}
