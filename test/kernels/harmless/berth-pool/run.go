package berths

import (
	"context"
	"sync"
	"time"
)

// Run lets five ships come to two berths.
func Run() {
	harbour := NewHarbour(2)
	fleet(harbour, 5, 20*time.Millisecond)
	_ = harbour.Log()
}

func fleet(harbour *Harbour, ships int, patience time.Duration) int {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	moored := make(chan bool)
	var wg sync.WaitGroup
	for i := 0; i < ships; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			leave, err := harbour.Moor(ctx, "ship")
			if err == nil {
				time.Sleep(time.Millisecond)
				leave()
				leave()
			}
			moored <- err == nil
		}()
	}
	go func() {
		wg.Wait()
		close(moored)
	}()
	count := 0
	for ok := range moored {
		if ok {
			count++
		}
	}
	return count
}
