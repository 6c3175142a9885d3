package kernel

import (
	"context"
	"errors"
	"sync"
)

type order struct {
	tea  string
	cups int
}

type brewer interface {
	Brew(order) (int, error)
}

type samovar struct {
	mu    sync.Mutex
	cups  int
	after func(left int)
}

func (s *samovar) Brew(o order) (int, error) {
	s.mu.Lock()
	if s.cups < o.cups {
		s.mu.Unlock()
		return 0, errors.New("empty")
	}
	s.cups -= o.cups
	left := s.cups
	s.mu.Unlock()
	if s.after != nil {
		s.after(left)
	}
	return left, nil
}

func (s *samovar) refill(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cups += n
}

type waiter struct {
	brewer brewer
	served map[string]int
	err    error
	done   chan struct{}
}

func (w *waiter) serve(ctx context.Context, orders <-chan order) {
	defer close(w.done)
	for o := range orders {
		if ctx.Err() != nil {
			w.err = ctx.Err()
			continue
		}
		if _, err := w.brewer.Brew(o); err != nil {
			w.err = err
			continue
		}
		w.served[o.tea] += o.cups
	}
}

// Run serves three orders and reads the tally when the waiter is done.
func Run() {
	s := &samovar{cups: 4}
	s.after = func(left int) {
		if left < 2 {
			s.refill(6)
		}
	}
	w := &waiter{brewer: s, served: map[string]int{}, done: make(chan struct{})}
	orders := make(chan order)
	go w.serve(context.Background(), orders)
	for _, tea := range []string{"black", "green", "mint"} {
		orders <- order{tea, 2}
	}
	close(orders)
	<-w.done
	if w.err != nil || w.served["mint"] != 2 {
		panic("not served")
	}
}
