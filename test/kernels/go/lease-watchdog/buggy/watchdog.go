package kernel

import (
	"sync"
	"time"
)

type watchdog struct {
	interval time.Duration
	expired  func() bool
	onExpire func()

	stopOnce sync.Once
	stopc    chan struct{}
	donec    chan struct{}
}

func startWatchdog(interval time.Duration, expired func() bool, onExpire func()) *watchdog {
	w := &watchdog{
		interval: interval,
		expired:  expired,
		onExpire: onExpire,
		stopc:    make(chan struct{}),
		donec:    make(chan struct{}),
	}
	go w.watch()
	return w
}

func (w *watchdog) watch() {
	defer close(w.donec)
	t := time.NewTicker(w.interval)
	defer t.Stop()
	for {
		select {
		case <-w.stopc:
			return
		case <-t.C:
			if w.expired() {
				w.onExpire()
			}
		}
	}
}

func (w *watchdog) stop() {
	w.stopOnce.Do(func() { close(w.stopc) })
	<-w.donec
}
