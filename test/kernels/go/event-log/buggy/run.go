package kernel

import (
	"sync"
	"time"
)

// Run closes a log that is busy.
func Run() {
	log := NewLog(1, func(Event) error {
		time.Sleep(2 * time.Millisecond)
		return nil
	})
	emitters := emitFrom(log, 4, 10)
	time.Sleep(5 * time.Millisecond)
	_ = log.Close()
	emitters.Wait()
}

func emitFrom(log *Log, emitters, each int) *sync.WaitGroup {
	var wg sync.WaitGroup
	wg.Add(emitters)
	for i := 0; i < emitters; i++ {
		go func() {
			defer wg.Done()
			for n := 0; n < each; n++ {
				if log.Emit("tick") != nil {
					return
				}
			}
		}()
	}
	return &wg
}
