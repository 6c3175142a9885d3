package kernel

import (
	"context"
	"errors"
	"time"
)

type lap struct {
	runner string
	took   time.Duration
	err    error
}

type runner interface {
	Name() string
	Run(ctx context.Context) error
}

type sprinter struct {
	name string
	wind error
}

func (s sprinter) Name() string { return s.name }

func (s sprinter) Run(ctx context.Context) error {
	if s.wind != nil {
		return s.wind
	}
	select {
	case <-time.After(time.Millisecond):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func launch(ctx context.Context, runners []runner) <-chan lap {
	laps := make(chan lap)
	go func() {
		defer close(laps)
		for _, r := range runners {
			start := time.Now()
			err := r.Run(ctx)
			select {
			case laps <- lap{r.Name(), time.Since(start), err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return laps
}

func race(parent context.Context, runners ...runner) (time.Duration, error) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	var total time.Duration
	for l := range launch(ctx, runners) {
		if l.err != nil {
			return 0, l.err
		}
		total += l.took
	}
	return total, nil
}

// Run lets the second runner fall.
func Run() {
	_, err := race(context.Background(), sprinter{name: "ana"}, sprinter{"ben", errors.New("fell")}, sprinter{name: "cleo"})
	if err == nil {
		panic("nobody fell")
	}
	if _, err := race(context.Background(), sprinter{name: "ana"}); err != nil {
		panic(err)
	}
}
