package kernel

import (
	"sync"
	"time"
)

type antenna struct{ bytes int }

func (a *antenna) Write(p []byte) (int, error) {
	a.bytes += len(p)
	time.Sleep(50 * time.Microsecond)
	return len(p), nil
}

// Run closes a link that four still send on.
func Run() {
	l := NewLink(&antenna{})
	var senders sync.WaitGroup
	for i := 0; i < 4; i++ {
		senders.Add(1)
		go func() {
			defer senders.Done()
			for l.Send([]byte("beacon")) == nil {
			}
		}()
	}
	time.Sleep(3 * time.Millisecond)
	_ = l.Close()
	senders.Wait()
}
