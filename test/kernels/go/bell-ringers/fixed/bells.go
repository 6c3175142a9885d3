package kernel

import "sync"

type bell struct {
	name  string
	rings int
}

type tower struct {
	bells []*bell
	group sync.WaitGroup
	order []string
	mu    sync.Mutex
}

func (t *tower) spawn(f func()) {
	t.group.Add(1)
	go func() {
		defer t.group.Done()
		f()
	}()
}

func (t *tower) peal(rounds int) {
	for i, b := range t.bells {
		b := b
		i := i
		t.spawn(func() {
			b.rings += rounds
			if i == 0 {
				t.note(b.name)
			}
		})
	}
	t.group.Wait()
}

func (t *tower) note(name string) {
	t.mu.Lock()
	t.order = append(t.order, name)
	t.mu.Unlock()
}

// Run rings four bells.
func Run() {
	t := &tower{bells: []*bell{{name: "treble"}, {name: "second"}, {name: "third"}, {name: "tenor"}}}
	t.peal(6)
}
