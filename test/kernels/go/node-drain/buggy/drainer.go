package kernel

import (
	"sync"
	"time"
)

type evictor interface {
	evict(name string, grace time.Duration) error
}

type drainer struct {
	mu      sync.Mutex
	ev      evictor
	pods    []string
	drained map[string]bool
	errs    []error
}

func newDrainer(ev evictor, pods ...string) *drainer {
	return &drainer{ev: ev, pods: pods, drained: map[string]bool{}}
}

func (d *drainer) isDrained(pod string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.drained[pod]
}

func (d *drainer) drainAll(grace time.Duration) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	pods := d.pods
	d.pods = nil
	b := newBatch(len(pods))
	for _, p := range pods {
		b.spawn(func() error { return d.ev.evict(p, grace) })
	}
	d.errs = b.join()
	for _, p := range pods {
		d.drained[p] = true
	}
	return len(pods) - len(d.errs)
}

type batch struct {
	wg   sync.WaitGroup
	errc chan error
}

func newBatch(n int) *batch { return &batch{errc: make(chan error, n)} }

func (b *batch) spawn(f func() error) {
	b.wg.Add(1)
	go func() {
		defer b.wg.Done()
		if err := f(); err != nil {
			b.errc <- err
		}
	}()
}

func (b *batch) join() []error {
	b.wg.Wait()
	close(b.errc)
	var errs []error
	for err := range b.errc {
		errs = append(errs, err)
	}
	return errs
}
