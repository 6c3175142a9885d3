package kernel

import (
	"sync/atomic"
	"time"
)

type leaseHolder struct {
	deadline atomic.Int64
	dog      *watchdog
	ready    chan struct{}
	lost     chan struct{}
	leading  atomic.Bool
}

func newLeaseHolder(ttl time.Duration) *leaseHolder {
	h := &leaseHolder{ready: make(chan struct{}), lost: make(chan struct{})}
	h.renew(ttl)
	h.leading.Store(true)
	h.dog = startWatchdog(ttl/4, h.isExpired, h.resign)
	close(h.ready)
	return h
}

func (h *leaseHolder) renew(ttl time.Duration) {
	h.deadline.Store(time.Now().Add(ttl).UnixNano())
}

func (h *leaseHolder) isExpired() bool {
	<-h.ready
	return time.Now().UnixNano() > h.deadline.Load()
}

func (h *leaseHolder) resign() {
	if !h.leading.CompareAndSwap(true, false) {
		return
	}
	h.dog.stop()
	close(h.lost)
}

// Run holds a lease until it runs out.
func Run() {
	h := newLeaseHolder(8 * time.Millisecond)
	time.Sleep(4 * time.Millisecond)
	h.renew(8 * time.Millisecond)
	<-h.lost
}
