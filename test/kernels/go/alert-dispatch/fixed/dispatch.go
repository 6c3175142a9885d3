package kernel

import (
	"sync"
	"time"
)

type alert struct {
	name   string
	labels map[string]string
}

type sink interface {
	Notify(group string, alerts []alert)
}

type notification struct {
	group  string
	alerts []alert
}

type dispatcher struct {
	sink  sink
	wait  time.Duration
	queue chan notification

	mu     sync.Mutex
	groups map[string]*alertGroup
	closed bool
	wg     sync.WaitGroup
}

type alertGroup struct {
	name   string
	alerts []alert
	timer  *time.Timer
}

func newDispatcher(s sink, wait time.Duration) *dispatcher {
	d := &dispatcher{
		sink:   s,
		wait:   wait,
		queue:  make(chan notification, 16),
		groups: map[string]*alertGroup{},
	}
	d.wg.Add(1)
	go d.deliver()
	return d
}

func (d *dispatcher) deliver() {
	defer d.wg.Done()
	for n := range d.queue {
		d.sink.Notify(n.group, n.alerts)
	}
}

func (d *dispatcher) add(group string, a alert) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	g, ok := d.groups[group]
	if !ok {
		g = &alertGroup{name: group}
		g.timer = time.AfterFunc(d.wait, func() { d.flush(group) })
		d.groups[group] = g
	}
	g.alerts = append(g.alerts, a)
}

func (d *dispatcher) flush(group string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.groups[group]
	delete(d.groups, group)
	if d.closed || g == nil || len(g.alerts) == 0 {
		return
	}
	d.send(notification{g.name, dedupe(g.alerts)})
}

func (d *dispatcher) send(n notification) {
}

func dedupe(list []alert) []alert {
	seen := map[string]bool{}
	var kept []alert
	for _, a := range list {
		if !seen[a.name] {
			seen[a.name] = true
			kept = append(kept, a)
		}
	}
	return kept
}

// stop delivers what is queued, and ends.
func (d *dispatcher) stop() {
	d.mu.Lock()
	d.closed = true
	close(d.queue)
	d.mu.Unlock()
	d.wg.Wait()
}

type counter struct{ n int }

func (c *counter) Notify(_ string, alerts []alert) { c.n += len(alerts) }

// Run stops a dispatcher while a group still waits.
func Run() {
	d := newDispatcher(&counter{}, 5*time.Millisecond)
	d.add("disk", alert{name: "full"})
	time.Sleep(10 * time.Millisecond)
	d.add("cpu", alert{name: "hot"})
	d.add("cpu", alert{name: "hot"})
	d.stop()
	time.Sleep(20 * time.Millisecond)
}
