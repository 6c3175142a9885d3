// Package tide is a buffer whose room can be changed while it is used.
package tide

import (
	"errors"
	"sync"
)

// ErrClosed is returned after Close.
var ErrClosed = errors.New("buffer is closed")

// Buffer passes things on in their order.
type Buffer[T any] struct {
	mu     sync.Mutex
	change *sync.Cond
	items  []T
	room   int
	closed bool
	turns  int
}

// New returns a buffer with so much room.
func New[T any](room int) *Buffer[T] {
	b := &Buffer[T]{room: room}
	b.change = sync.NewCond(&b.mu)
	return b
}

// Put waits for room.
func (b *Buffer[T]) Put(item T) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.hasRoom() {
		b.change.Wait()
	}
	if b.closed {
		return ErrClosed
	}
	b.items = append(b.items, item)
	b.change.Broadcast()
	return nil
}

func (b *Buffer[T]) hasRoom() bool { return b.closed || len(b.items) < b.room }

// Take waits for something.
func (b *Buffer[T]) Take() (item T, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		if len(b.items) > 0 {
			item, b.items = b.items[0], b.items[1:]
			b.turns++
			b.change.Broadcast()
			return item, nil
		}
		if b.closed {
			return item, ErrClosed
		}
		b.change.Wait()
	}
}

// Resize changes the room.
func (b *Buffer[T]) Resize(room int) {
	b.mu.Lock()
	b.room = room
	b.mu.Unlock()
	b.change.Broadcast()
}

// Drain waits until nothing is left in the buffer.
func (b *Buffer[T]) Drain() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.items) > 0 {
		b.change.Wait()
	}
}

// Close lets takers have what is left and turns putters away.
func (b *Buffer[T]) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.change.Broadcast()
}

// Run passes numbers through a buffer.
func Run() {
	buffer := New[int](2)
	var putters, takers sync.WaitGroup
	for i := 0; i < 3; i++ {
		putters.Add(1)
		takers.Add(1)
		go func(i int) {
			defer putters.Done()
			for n := 0; n < 40; n++ {
				if buffer.Put(n*i) != nil {
					return
				}
			}
		}(i)
		go func() {
			defer takers.Done()
			for {
				if _, err := buffer.Take(); err != nil {
					return
				}
			}
		}()
	}
	buffer.Resize(5)
	putters.Wait()
	buffer.Drain()
	buffer.Close()
	takers.Wait()
	_ = buffer.Put(1)
}
