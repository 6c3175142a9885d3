package kernel

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

func startTestAgent(t testing.TB, name string, probe func(context.Context) error) *Agent {
	t.Helper()
	a := StartAgent(name, probe, WithLog(t.Logf))
	t.Cleanup(func() {
		if err := a.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return a
}

func testProbes(t testing.TB) {
	probed := make(chan string, 1)
	for _, name := range []string{"one", "two"} {
		startTestAgent(t, name, func(ctx context.Context) error {
			select {
			case probed <- name:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}
	for i := 0; i < 5; i++ {
		t.Logf("probed %s", <-probed)
	}
}

func testFailingProbe(t testing.TB) {
	var once sync.Once
	failed := make(chan struct{})
	startTestAgent(t, "failing", func(context.Context) error {
		once.Do(func() { close(failed) })
		return errors.New("refused")
	})
	select {
	case <-failed:
	case <-time.After(time.Second):
		t.Error("no probe")
	}
}

type singleTest struct {
	testing.TB
	mu       sync.Mutex
	lines    []string
	cleanups []func()
	ended    bool
}

func (s *singleTest) Helper()          {}
func (s *singleTest) Cleanup(f func()) { s.cleanups = append(s.cleanups, f) }

func (s *singleTest) Logf(format string, args ...interface{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		panic("Log in goroutine after the test has completed")
	}
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

func (s *singleTest) Error(args ...interface{}) { panic(fmt.Sprint(args...)) }

func (s *singleTest) run(body func(t testing.TB)) {
	body(s)
	for i := len(s.cleanups) - 1; i >= 0; i-- {
		s.cleanups[i]()
	}
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
}

// Run runs both tests.
func Run() {
	for i := 0; i < 5; i++ {
		new(singleTest).run(testProbes)
		new(singleTest).run(testFailingProbe)
	}
}
