package kernel

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

func waitFor(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for i := 0; i < 200; i++ {
		if ok() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("no %s", what)
}

func testSync(t testing.TB) {
	s := NewSyncer(t, 2*time.Millisecond, map[string]string{"k": "v"})
	defer s.Stop()
	waitFor(t, "key", func() bool {
		v, err := s.Get("k")
		return err == nil && v == "v"
	})
}

func testSyncEmpty(t testing.TB) {
	s := NewSyncer(nil, 2*time.Millisecond, nil)
	defer s.Stop()
	time.Sleep(5 * time.Millisecond)
	if _, err := s.Get("k"); err == nil {
		t.Error("a key that was never there")
	}
}

// oneTest is what testing.T is to a single test.
type oneTest struct {
	testing.TB
	mu    sync.Mutex
	lines []string
	ended bool
}

func (o *oneTest) Helper() {}

func (o *oneTest) Logf(format string, args ...interface{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ended {
		panic("Log in goroutine after the test has completed")
	}
	o.lines = append(o.lines, fmt.Sprintf(format, args...))
}

func (o *oneTest) Error(args ...interface{})                 { panic(fmt.Sprint(args...)) }
func (o *oneTest) Fatalf(format string, args ...interface{}) { panic(fmt.Sprintf(format, args...)) }

func (o *oneTest) run(body func(t testing.TB)) {
	body(o)
	o.mu.Lock()
	o.ended = true
	o.mu.Unlock()
}

// Run runs the tests one by one.
func Run() {
	for i := 0; i < 5; i++ {
		new(oneTest).run(testSyncEmpty)
		new(oneTest).run(testSync)
	}
}
