// Package bus passes log lines to whoever follows.
package bus

import (
	"context"
	"sync"
	"time"
)

// Line is a line of a log.
type Line struct {
	Source string
	Text   string
}

// Bus has followers.
type Bus struct {
	in   chan Line
	quit chan struct{}
	wg   sync.WaitGroup

	mu        sync.Mutex
	followers map[*Follower]struct{}
	lost      int
}

// Follower gets lines until its context ends.
type Follower struct {
	lines chan Line
	ctx   context.Context
}

// Open starts a bus.
func Open() *Bus {
	b := &Bus{
		in:        make(chan Line),
		quit:      make(chan struct{}),
		followers: make(map[*Follower]struct{}),
	}
	b.wg.Add(1)
	go b.loop()
	return b
}

func (b *Bus) loop() {
	defer b.wg.Done()
	for {
		select {
		case line := <-b.in:
			b.spread(line)
		case <-b.quit:
			return
		}
	}
}

func (b *Bus) spread(line Line) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for f := range b.followers {
		select {
		case f.lines <- line:
		case <-f.ctx.Done():
			delete(b.followers, f)
		default:
			b.lost++
		}
	}
}

// Write passes a line on; it is false once the bus is closed.
func (b *Bus) Write(source, text string) bool {
	select {
	case b.in <- Line{source, text}:
		return true
	case <-b.quit:
		return false
	}
}

// Follow calls handle with every line in the background until the context ends.
func (b *Bus) Follow(ctx context.Context, handle func(Line)) {
	f := &Follower{lines: make(chan Line), ctx: ctx}
	b.mu.Lock()
	b.followers[f] = struct{}{}
	b.mu.Unlock()
	b.wg.Add(1)
	go func() {
		defer b.wg.Done()
		for {
			select {
			case line := <-f.lines:
				handle(line)
			case <-ctx.Done():
				return
			case <-b.quit:
				return
			}
		}
	}()
}

// Close ends the bus and its followers.
func (b *Bus) Close() {
	close(b.quit)
	b.wg.Wait()
}

// Run follows a bus for a moment.
func Run() {
	b := Open()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Millisecond)
	defer cancel()
	seen := 0
	b.Follow(ctx, func(Line) { seen++ })
	b.Follow(context.Background(), func(Line) { time.Sleep(time.Millisecond) })
	for i := 0; i < 50; i++ {
		b.Write("kernel", "all is well")
		time.Sleep(100 * time.Microsecond)
	}
	b.Close()
	b.Write("kernel", "too late")
	_ = seen
}
