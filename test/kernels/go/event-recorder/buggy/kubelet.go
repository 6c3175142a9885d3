package kernel

import (
	"sync"
	"time"
)

type syncLoop struct {
	rec  *recorder
	stop chan struct{}
	wg   sync.WaitGroup
}

func newSyncLoop(rec *recorder) *syncLoop {
	l := &syncLoop{rec: rec, stop: make(chan struct{})}
	l.wg.Add(1)
	go l.run()
	return l
}

func (l *syncLoop) run() {
	defer l.wg.Done()
	t := time.NewTicker(time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			l.rec.eventf("Synced", "pod is in sync")
		case <-l.stop:
			l.rec.eventf("Stopped", "sync loop ended")
			return
		}
	}
}

func (l *syncLoop) close() {
	close(l.stop)
	l.wg.Wait()
}

// Run records events of a sync loop and shuts both down.
func Run() {
	var mu sync.Mutex
	var seen []event
	b := newBroadcaster(func(e event) {
		mu.Lock()
		seen = append(seen, e)
		mu.Unlock()
	})
	l := newSyncLoop(b.newRecorder("kubelet"))
	time.Sleep(4 * time.Millisecond)
	b.shutdown()
	l.close()
}
