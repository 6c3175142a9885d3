package kernel

import (
	"context"
	"sync"
)

type stroke struct{ x, y int }

type board struct {
	mu      sync.Mutex
	strokes []stroke
	pending chan stroke
	cap     int
	gone    chan struct{}
}

func newBoard(ctx context.Context, size int) *board {
	b := &board{pending: make(chan stroke, size), cap: size, gone: make(chan struct{})}
	b.mu.Lock()
	for i := 0; i < size/2; i++ {
		b.pending <- stroke{i, i}
	}
	b.mu.Unlock()
	go b.paint(ctx)
	return b
}

func (b *board) paint(ctx context.Context) {
	defer close(b.gone)
	for {
		select {
		case s := <-b.pending:
			b.mu.Lock()
			b.strokes = append(b.strokes, s)
			b.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

func (b *board) draw(s stroke) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.strokes) > 100 {
		b.strokes = b.strokes[:0]
	}
	select {
	case b.pending <- s:
		return true
	default:
		return false
	}
}

// Run draws faster than the painter paints.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	b := newBoard(ctx, 8)
	for i := 0; i < 200; i++ {
		b.draw(stroke{i, -i})
	}
	cancel()
	<-b.gone
}
