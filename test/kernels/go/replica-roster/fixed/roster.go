package kernel

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
)

type state uint8

const (
	joining state = iota
	healthy
	lost
)

func (s state) String() string {
	return [...]string{"joining", "healthy", "lost"}[s]
}

type replica struct {
	name  string
	state state
	epoch int
}

type roster struct {
	sync.Mutex
	out      io.Writer
	epoch    int
	replicas map[string]*replica
}

func newRoster(out io.Writer) *roster {
	return &roster{out: out, replicas: map[string]*replica{}}
}

func (r *roster) logf(format string, args ...any) {
	fmt.Fprintf(r.out, format+"\n", args...)
}

// String renders the roster for the logs.
func (r *roster) String() string {
	r.Lock()
	defer r.Unlock()
	return r.render()
}

func (r *roster) render() string {
	parts := make([]string, 0, len(r.replicas))
	for _, m := range r.replicas {
		parts = append(parts, fmt.Sprintf("%s(%s@%d)", m.name, m.state, m.epoch))
	}
	sort.Strings(parts)
	return "[" + strings.Join(parts, " ") + "]"
}

func (r *roster) join(name string) {
	r.Lock()
	r.replicas[name] = &replica{name: name, epoch: r.epoch}
	r.Unlock()
	r.logf("%s joins %v", name, r)
}

func (r *roster) mark(name string, s state) bool {
	r.Lock()
	defer r.Unlock()
	m, ok := r.replicas[name]
	if !ok {
		return false
	}
	if m.state == s {
		return true
	}
	m.state, m.epoch = s, r.epoch
	if s == lost {
		r.bump()
	}
	return true
}

func (r *roster) bump() {
	r.epoch++
	alive := 0
	for _, m := range r.replicas {
		if m.state == healthy {
			alive++
		}
	}
	if alive*2 <= len(r.replicas) {
		r.logf("epoch %d has no majority: %v", r.epoch, r.render())
	}
}

func (r *roster) healthy() int {
	r.Lock()
	defer r.Unlock()
	n := 0
	for _, m := range r.replicas {
		if m.state == healthy {
			n++
		}
	}
	return n
}

// Run loses the majority of three replicas.
func Run() {
	r := newRoster(io.Discard)
	for _, n := range []string{"a", "b", "c"} {
		r.join(n)
		r.mark(n, healthy)
	}
	r.mark("a", lost)
	r.mark("b", lost)
	_ = r.healthy()
}
