package kernel

import (
	"context"
	"sort"
)

type entry struct {
	at   int64
	line string
}

type tail struct {
	name string
	out  chan entry
}

func openTail(name string, entries ...entry) *tail {
	t := &tail{name: name, out: make(chan entry)}
	go func() {
		defer close(t.out)
		for _, e := range entries {
			t.out <- e
		}
	}()
	return t
}

type merger struct {
	limit    int
	entries  []entry
	counts   map[string]int
	caughtUp bool
}

func newMerger(limit int) *merger {
	return &merger{limit: limit, counts: make(map[string]int)}
}

// merge reads the live and the stored entries until both have ended.
func (m *merger) merge(ctx context.Context, live, stored *tail) error {
	a, b := live.out, stored.out
	for a != nil || b != nil {
		select {
		case e, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			m.keep(live.name, e)
		case e, ok := <-b:
			if !ok {
				m.caughtUp = true
				b = nil
				continue
			}
			m.keep(stored.name, e)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	m.sort()
	return nil
}

func (m *merger) keep(from string, e entry) {
	m.counts[from]++
	if len(m.entries) < m.limit {
		m.entries = append(m.entries, e)
	}
}

func (m *merger) sort() {
	sort.Slice(m.entries, func(i, j int) bool { return m.entries[i].at < m.entries[j].at })
}

// Run merges two tails.
func Run() {
	m := newMerger(100)
	live := openTail("live", entry{3, "c"}, entry{5, "e"})
	stored := openTail("stored", entry{1, "a"}, entry{2, "b"}, entry{4, "d"})
	if err := m.merge(context.Background(), live, stored); err != nil {
		panic(err)
	}
}
