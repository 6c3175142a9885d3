package kernel

import (
	"fmt"
	"sync"
)

// Run schedules while the binder resyncs.
func Run() {
	cache := NewNodeCache(map[string]string{"n1": "east", "n2": "west"})
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-stop:
				return
			default:
				cache.binder.Resync()
			}
		}
	}()
	for i := 0; i < 3000; i++ {
		cache.Assume(fmt.Sprintf("pod-%d", i%50), []string{"n1", "n2"}[i%2])
	}
	close(stop)
	wg.Wait()
}
