package kernel

import (
	"sync"
	"time"
)

type item struct {
	key   string
	value int
}

type consumer func(batch []item)

type batcher struct {
	in      chan item
	max     int
	linger  time.Duration
	consume consumer
	wg      sync.WaitGroup
}

func newBatcher(max int, linger time.Duration, consume consumer) *batcher {
	b := &batcher{in: make(chan item), max: max, linger: linger, consume: consume}
	b.wg.Add(1)
	go func() {
		defer b.wg.Done()
		b.loop()
	}()
	return b
}

func (b *batcher) loop() {
	timer := time.NewTimer(b.linger)
	defer timer.Stop()
	pending := make([]item, 0, b.max)
	for {
		select {
		case it, ok := <-b.in:
			if !ok {
				b.emit(pending)
				return
			}
			pending = append(pending, it)
			if len(pending) < b.max {
				continue
			}
			pending = b.emit(pending)
			b.rearm(timer)
		case <-timer.C:
			if len(pending) > 0 {
				pending = b.emit(pending)
			}
			timer.Reset(b.linger)
		}
	}
}

func (b *batcher) rearm(t *time.Timer) {
	if !t.Stop() {
		select {
		case <-t.C:
		default:
		}
	}
	t.Reset(b.linger)
}

func (b *batcher) emit(pending []item) []item {
	if len(pending) > 0 {
		b.consume(append([]item(nil), pending...))
	}
	return pending[:0]
}

func (b *batcher) add(it item) { b.in <- it }

func (b *batcher) close() {
	close(b.in)
	b.wg.Wait()
}

// Run fills a batch after a pause.
func Run() {
	total := 0
	b := newBatcher(2, 5*time.Millisecond, func(batch []item) {
		for _, it := range batch {
			total += it.value
		}
	})
	b.add(item{"a", 1})
	time.Sleep(20 * time.Millisecond)
	b.add(item{"b", 2})
	b.add(item{"c", 3})
	b.close()
}
