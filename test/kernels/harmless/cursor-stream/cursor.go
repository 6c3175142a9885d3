package kernel

import (
	"context"
	"errors"
	"sync"
)

type tuple struct {
	key   int
	value string
}

type cursor struct {
	tuples chan tuple
	failed chan error
	cancel context.CancelFunc
	done   sync.WaitGroup
}

type table interface {
	scan(yield func(tuple) bool) error
}

func openCursor(ctx context.Context, t table) *cursor {
	ctx, cancel := context.WithCancel(ctx)
	c := &cursor{tuples: make(chan tuple), failed: make(chan error, 1), cancel: cancel}
	c.done.Add(1)
	go c.feed(ctx, t)
	return c
}

func (c *cursor) feed(ctx context.Context, t table) {
	defer c.done.Done()
	defer close(c.tuples)
	err := t.scan(func(tu tuple) bool { return c.offer(ctx, tu) })
	if err != nil {
		c.failed <- err
	}
}

func (c *cursor) offer(ctx context.Context, tu tuple) bool {
	select {
	case c.tuples <- tu:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *cursor) next() (tuple, bool, error) {
	tu, ok := <-c.tuples
	if ok {
		return tu, true, nil
	}
	select {
	case err := <-c.failed:
		return tuple{}, false, err
	default:
		return tuple{}, false, nil
	}
}

func (c *cursor) close() {
	c.cancel()
	c.done.Wait()
}

func first(ctx context.Context, t table, n int) ([]tuple, error) {
	c := openCursor(ctx, t)
	defer c.close()
	var list []tuple
	for len(list) < n {
		tu, ok, err := c.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		list = append(list, tu)
	}
	return list, nil
}

type memoryTable struct {
	size   int
	broken bool
}

func (m memoryTable) scan(yield func(tuple) bool) error {
	for i := 0; i < m.size; i++ {
		if !yield(tuple{i, "v"}) {
			return nil
		}
	}
	if m.broken {
		return errors.New("page is damaged")
	}
	return nil
}

// Run leaves cursors early, late and after an error.
func Run() {
	ctx := context.Background()
	_, _ = first(ctx, memoryTable{size: 100}, 3)
	_, _ = first(ctx, memoryTable{size: 2}, 3)
	_, _ = first(ctx, memoryTable{size: 2, broken: true}, 3)
}
