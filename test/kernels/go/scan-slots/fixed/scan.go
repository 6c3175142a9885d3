package kernel

import (
	"context"
	"sync"
	"time"
)

type scanner struct {
	slots *slotPool
	cost  time.Duration
}

func (s *scanner) scan(ctx context.Context, name string) error {
	t, err := s.slots.acquire(ctx, name)
	if err != nil {
		return err
	}
	defer t.release()
	time.Sleep(s.cost)
	return nil
}

// Run scans more tables than there are slots.
func Run() {
	s := &scanner{slots: newSlotPool(2), cost: time.Millisecond}
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = s.scan(context.Background(), name)
		}()
	}
	wg.Wait()
}
