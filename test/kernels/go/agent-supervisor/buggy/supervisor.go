package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errFatal = errors.New("fatal")

type agent interface {
	Name() string
	Run(ctx context.Context) error
}

type policy struct {
	restarts int
	onFatal  func(name string, err error)
}

type supervisor struct {
	policy policy
	cancel context.CancelFunc
	active sync.WaitGroup

	mu    sync.Mutex
	fails map[string]int
}

func newSupervisor(restarts int) *supervisor {
	s := &supervisor{fails: make(map[string]int)}
	s.policy = policy{restarts: restarts, onFatal: s.escalate}
	return s
}

func (s *supervisor) start(parent context.Context, agents ...agent) {
	ctx, cancel := context.WithCancel(parent)
	s.cancel = cancel
	for _, a := range agents {
		s.active.Add(1)
		go func() {
			defer s.active.Done()
			s.keep(ctx, a)
		}()
	}
}

func (s *supervisor) keep(ctx context.Context, a agent) {
	for ctx.Err() == nil {
		err := a.Run(ctx)
		switch {
		case err == nil || ctx.Err() != nil:
			return
		case errors.Is(err, errFatal):
			s.policy.onFatal(a.Name(), err)
			return
		case s.count(a.Name()) > s.policy.restarts:
			return
		}
	}
}

func (s *supervisor) count(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails[name]++
	return s.fails[name]
}

// escalate takes all agents down when one of them is beyond repair.
func (s *supervisor) escalate(name string, _ error) {
	s.count(name)
	s.stop()
}

func (s *supervisor) stop() {
	s.cancel()
	s.active.Wait()
}

type flakyAgent struct {
	name  string
	errs  []error
	calls int
}

func (f *flakyAgent) Name() string { return f.name }

func (f *flakyAgent) Run(ctx context.Context) error {
	if f.calls < len(f.errs) {
		f.calls++
		return f.errs[f.calls-1]
	}
	<-ctx.Done()
	return ctx.Err()
}

// Run supervises two agents of which one fails for good.
func Run() {
	s := newSupervisor(3)
	s.start(context.Background(),
		&flakyAgent{name: "metrics"},
		&flakyAgent{name: "proxy", errs: []error{errors.New("reset"), errFatal}},
	)
	time.Sleep(5 * time.Millisecond)
	s.stop()
}
