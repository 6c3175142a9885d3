package kernel

import (
	"sync"
	"time"
)

// RangeID names a range.
type RangeID int

type leaseState struct {
	holder int
	epoch  int64
}

// leaseLog makes leases last.
type leaseLog interface {
	Save(id RangeID, l leaseState)
}

type slowLog struct{ latency time.Duration }

func (s slowLog) Save(RangeID, leaseState) { time.Sleep(s.latency) }

// Replica is the local copy of a range.
type Replica struct {
	id            RangeID
	log           leaseLog
	onLeaseChange func(id RangeID, holder int)

	mu    sync.RWMutex
	lease leaseState
	load  float64
}

// ApplyLease installs a lease when it is newer.
func (r *Replica) ApplyLease(holder int, epoch int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if epoch <= r.lease.epoch {
		return
	}
	previous := r.lease.holder
	r.lease = leaseState{holder: holder, epoch: epoch}
	r.log.Save(r.id, r.lease)
	if previous != holder && r.onLeaseChange != nil {
		r.onLeaseChange(r.id, holder)
	}
}

// Holder returns who holds the lease.
func (r *Replica) Holder() (int, float64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.lease.holder, r.load
}
