package kernel

import "sync"

type departure struct {
	line string
	gate int
}

type board struct {
	sync.RWMutex
	gates   map[string]int
	changes chan departure
	quit    chan struct{}
}

func (b *board) assign(line string, gate int) {
	b.Lock()
	if b.gates[line] == gate {
		b.Unlock()
		return
	}
	b.gates[line] = gate
	b.Unlock()
	select {
	case b.changes <- departure{line, gate}:
	case <-b.quit:
	}
}

func (b *board) gate(line string) int {
	b.RLock()
	defer b.RUnlock()
	return b.gates[line]
}

func (b *board) announce(say func(string, int)) {
	for d := range b.changes {
		if now := b.gate(d.line); now == d.gate {
			say(d.line, now)
		}
	}
}

// Run announces two changes of gates.
func Run() {
	b := &board{gates: map[string]int{}, changes: make(chan departure), quit: make(chan struct{})}
	var spoken int
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		b.announce(func(string, int) { spoken++ })
	}()
	for gate := 1; gate < 50; gate++ {
		b.assign("north", gate)
		b.assign("south", gate)
	}
	close(b.changes)
	wg.Wait()
	close(b.quit)
}
