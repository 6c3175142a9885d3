package kernel

import (
	"sync/atomic"
	"testing"
	"time"
)

// testRun is a test outside of the test command; like there, it must not be used once it has ended.
type testRun struct {
	testing.TB
	name     string
	cleanups []func()
	ended    atomic.Bool
}

func (r *testRun) Helper() {}

func (r *testRun) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *testRun) Errorf(string, ...any) {
	if r.ended.Load() {
		panic("Fail in goroutine after " + r.name + " has completed")
	}
}

func (r *testRun) run(test func(testing.TB)) {
	test(r)
	for i := len(r.cleanups) - 1; i >= 0; i-- {
		r.cleanups[i]()
	}
	r.ended.Store(true)
}

// Run runs two tests.
func Run() {
	for _, refuse := range []int32{2, 200} {
		run := &testRun{name: "TestRefused"}
		run.run(func(t testing.TB) {
			outbox, transport := NewTestOutbox(t, refuse)
			outbox.Send(Mail{To: "bob@example.org"})
			transport.await(3)
		})
	}
	time.Sleep(100 * time.Millisecond)
}
