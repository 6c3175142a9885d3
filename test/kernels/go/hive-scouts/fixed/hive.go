package kernel

import (
	"sync"
	"time"
)

type flower struct{ nectar int }

type hive struct {
	scouts sync.WaitGroup
	mu     sync.Mutex
	honey  int
}

func (h *hive) scout(field []flower) {
	defer h.scouts.Done()
	for _, f := range field {
		h.mu.Lock()
		h.honey += f.nectar
		h.mu.Unlock()
	}
}

func (h *hive) forage(fields [][]flower) int {
	for _, field := range fields {
		h.scouts.Add(1)
		go h.scout(field)
	}
	h.scouts.Wait()
	return h.honey
}

// Run sends scouts to three fields.
func Run() {
	h := &hive{}
	h.forage([][]flower{{{1}, {2}}, {{3}}, {{4}, {5}}})
	time.Sleep(5 * time.Millisecond)
}
