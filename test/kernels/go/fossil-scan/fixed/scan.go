package kernel

import (
	"context"
	"fmt"
	"time"
)

type slice struct {
	depth int
	bone  bool
}

type scanner struct {
	slices chan slice
	max    int
}

func newScanner(ctx context.Context, max int) *scanner {
	s := &scanner{slices: make(chan slice), max: max}
	go s.run(ctx)
	return s
}

func (s *scanner) run(ctx context.Context) {
	defer close(s.slices)
	for depth := 0; depth < s.max; depth++ {
		if ctx.Err() != nil {
			return
		}
		one := develop(depth)
		select {
		case s.slices <- one:
		case <-ctx.Done():
			return
		}
	}
}

func develop(depth int) slice {
	time.Sleep(time.Millisecond)
	return slice{depth, depth%7 == 3}
}

func firstBone(s *scanner) (int, error) {
	for one := range s.slices {
		if one.bone {
			return one.depth, nil
		}
	}
	return 0, fmt.Errorf("nothing down to %d", s.max)
}
