// Package stageline is a pipeline whose stages all end with the context.
package stageline

import "context"

func produce(ctx context.Context, upTo int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < upTo; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func square(ctx context.Context, in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			select {
			case out <- n * n:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// FirstAbove returns the first square above a limit and lets the rest go.
func FirstAbove(limit, upTo int) (int, bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for n := range square(ctx, produce(ctx, upTo)) {
		if n > limit {
			return n, true
		}
	}
	return 0, false
}

// Run looks for two of them.
func Run() {
	_, _ = FirstAbove(20, 100)
	_, _ = FirstAbove(1000, 10)
}
