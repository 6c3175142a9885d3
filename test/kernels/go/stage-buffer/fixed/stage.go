package kernel

import (
	"sync"
	"time"
)

// Item goes from one stage to the next.
type Item struct {
	Serial int
	Body   string
}

// Buffer sits between two stages.
type Buffer struct {
	mu       sync.Mutex
	notEmpty sync.Cond
	notFull  sync.Cond
	items    []Item
	size     int
	closed   bool
}

// NewBuffer returns a buffer for so many items.
func NewBuffer(size int) *Buffer {
	b := &Buffer{size: size}
	b.notEmpty.L = &b.mu
	b.notFull.L = &b.mu
	return b
}

// Put adds an item; it is false after Close.
func (b *Buffer) Put(item Item) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) >= b.size && !b.closed {
		b.notFull.Wait()
	}
	if b.closed {
		return false
	}
	b.items = append(b.items, item)
	b.notEmpty.Signal()
	return true
}

// Take removes the oldest item; it is false when there will be no more.
func (b *Buffer) Take() (Item, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) == 0 && !b.closed {
		b.notEmpty.Wait()
	}
	if len(b.items) == 0 {
		return Item{}, false
	}
	item := b.items[0]
	b.items = b.items[1:]
	b.notFull.Signal()
	return item, true
}

// Close ends the flow.
func (b *Buffer) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.notEmpty.Broadcast()
	b.notFull.Broadcast()
}

// Stage works on items of a buffer.
type Stage struct {
	in   *Buffer
	work func(Item)
	done sync.WaitGroup
}

// Start begins with so many workers.
func (s *Stage) Start(workers int) {
	for i := 0; i < workers; i++ {
		s.done.Add(1)
		go func() {
			defer s.done.Done()
			for {
				item, ok := s.in.Take()
				if !ok {
					return
				}
				s.work(item)
			}
		}()
	}
}

// Stop ends the stage after what is in its buffer.
func (s *Stage) Stop() {
	s.in.Close()
	s.done.Wait()
}

// Run sends ten items through a stage.
func Run() {
	stage := &Stage{in: NewBuffer(3), work: func(Item) { time.Sleep(100 * time.Microsecond) }}
	stage.Start(2)
	for i := 0; i < 10; i++ {
		stage.in.Put(Item{Serial: i})
	}
	stage.Stop()
}
