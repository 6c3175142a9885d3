package kernel

import (
	"sync"
	"time"
)

// Run lets a bulk user make room for small ones.
func Run() {
	bulkThenSmall(NewGate(4), 4)
}

func bulkThenSmall(gate *Gate, small int) {
	gate.Acquire(small)
	var wg sync.WaitGroup
	for i := 0; i < small; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			gate.Acquire(1)
		}()
	}
	for gate.Waiting() < small {
		time.Sleep(time.Millisecond)
	}
	gate.Release(small)
	wg.Wait()
}
