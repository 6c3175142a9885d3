package kernel

import (
	"sync"
	"sync/atomic"
)

type letter struct{ to string }

type office struct {
	mu     sync.RWMutex
	closed bool
	bags   chan letter
	sorted atomic.Int64
	wg     sync.WaitGroup
}

func openOffice(clerks int) *office {
	o := &office{bags: make(chan letter, 4)}
	o.wg.Add(clerks)
	for range clerks {
		go o.clerk()
	}
	return o
}

func (o *office) clerk() {
	defer o.wg.Done()
	for range o.bags {
		o.sorted.Add(1)
	}
}

func (o *office) post(l letter) bool {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if o.closed {
		return false
	}
	o.bags <- l
	return true
}

func (o *office) close() {
	o.mu.Lock()
	if !o.closed {
		o.closed = true
		close(o.bags)
	}
	o.mu.Unlock()
	o.wg.Wait()
}

// Run closes the office twice, with letters still coming.
func Run() {
	o := openOffice(2)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for o.post(letter{"ana"}) && o.sorted.Load() < 50 {
			}
		}()
	}
	wg.Wait()
	o.close()
	o.close()
}
