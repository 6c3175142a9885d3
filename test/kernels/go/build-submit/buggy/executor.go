package kernel

import (
	"context"
	"errors"
	"time"
)

var errStopped = errors.New("executor stopped")

type build struct {
	target string
	steps  []func(context.Context) error
}

type submission struct {
	build build
	reply chan error
}

type executor struct {
	submissions chan submission
	drained     chan struct{}
	timeout     time.Duration
	history     []string
}

func startExecutor(ctx context.Context, timeout time.Duration) *executor {
	e := &executor{
		submissions: make(chan submission),
		drained:     make(chan struct{}),
		timeout:     timeout,
	}
	go e.run(ctx)
	return e
}

func (e *executor) run(ctx context.Context) {
	defer close(e.drained)
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-e.submissions:
			s.reply <- e.execute(ctx, s.build)
		}
	}
}

func (e *executor) execute(ctx context.Context, b build) error {
	ctx, cancel := context.WithTimeout(ctx, e.timeout)
	defer cancel()
	for _, step := range b.steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	e.history = append(e.history, b.target)
	return nil
}

// Submit runs the build and gives its error.
func (e *executor) Submit(b build) error {
	s := submission{b, make(chan error, 1)}
	e.submissions <- s
	return e.await(s)
}

func (e *executor) await(s submission) error {
	select {
	case err := <-s.reply:
		return err
	case <-e.drained:
		return errStopped
	}
}

func pause(d time.Duration) func(context.Context) error {
	return func(ctx context.Context) error {
		select {
		case <-time.After(d):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type daemon struct {
	executor *executor
	targets  []string
}

func (d *daemon) buildAll() (failed int) {
	for _, t := range d.targets {
		if err := d.executor.Submit(build{t, []func(context.Context) error{pause(2 * time.Millisecond)}}); err != nil {
			failed++
		}
	}
	return failed
}

// Run stops the executor while a daemon has builds left.
func Run() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	d := &daemon{startExecutor(ctx, time.Second), []string{"lib", "app", "docs", "image", "chart"}}
	d.buildAll()
}
