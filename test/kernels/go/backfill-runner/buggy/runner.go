package kernel

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var errGap = errors.New("gap in the source")

type span struct {
	from, to int
}

type reader func(ctx context.Context, s span) (int, error)

type run struct {
	ctx    context.Context
	cancel context.CancelFunc

	mu       sync.Mutex
	progress map[span]int
}

type runner struct {
	read  reader
	every time.Duration
	last  *run
}

func newRunner(read reader, every time.Duration) *runner {
	return &runner{read: read, every: every}
}

func (r *runner) begin(parent context.Context) *run {
	ctx, cancel := context.WithCancel(parent)
	active := &run{ctx: ctx, cancel: cancel, progress: map[span]int{}}
	go active.report(r.every)
	r.last = active
	return active
}

func (a *run) report(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			a.total()
		case <-a.ctx.Done():
			return
		}
	}
}

func (a *run) total() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	sum := 0
	for _, n := range a.progress {
		sum += n
	}
	return sum
}

func (a *run) record(s span, n int) {
	a.mu.Lock()
	a.progress[s] += n
	a.mu.Unlock()
}

func (a *run) finish() int {
	a.cancel()
	return a.total()
}

// backfill reads all spans one after the other.
func (r *runner) backfill(parent context.Context, spans ...span) (int, error) {
	active := r.begin(parent)
	for _, s := range spans {
		n, err := r.read(active.ctx, s)
		if err != nil {
			return active.total(), fmt.Errorf("span %d-%d: %w", s.from, s.to, err)
		}
		active.record(s, n)
	}
	return active.finish(), nil
}

func countRows(ctx context.Context, s span) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if s.to < s.from {
		return 0, errGap
	}
	return s.to - s.from, nil
}

// Run fills two spans, and then one with a gap.
func Run() {
	ctx := context.Background()
	r := newRunner(countRows, time.Millisecond)
	if _, err := r.backfill(ctx, span{0, 10}, span{10, 20}); err != nil {
		panic(err)
	}
	if _, err := r.backfill(ctx, span{20, 30}, span{40, 30}); !errors.Is(err, errGap) {
		panic("a gap went unnoticed")
	}
}
