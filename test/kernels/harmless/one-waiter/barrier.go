package kernel

import "sync"

type commitBarrier struct {
	mu      sync.Mutex
	ready   *sync.Cond
	pending int
	sealed  bool
}

func newCommitBarrier() *commitBarrier {
	b := &commitBarrier{}
	b.ready = sync.NewCond(&b.mu)
	return b
}

func (b *commitBarrier) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sealed {
		return false
	}
	b.pending++
	return true
}

func (b *commitBarrier) end() {
	b.mu.Lock()
	b.pending--
	b.mu.Unlock()
	b.ready.Signal()
}

func (b *commitBarrier) seal() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sealed = true
	for b.pending > 0 {
		b.ready.Wait()
	}
}
