package kernel

import (
	"errors"
	"sync"
)

var errRefused = errors.New("task refused")

type task func(done func(error))

type executor struct {
	jobs chan func()
	wg   sync.WaitGroup
}

func newExecutor(n int) *executor {
	e := &executor{jobs: make(chan func(), n)}
	e.wg.Add(n)
	for i := 0; i < n; i++ {
		go func() {
			defer e.wg.Done()
			for j := range e.jobs {
				j()
			}
		}()
	}
	return e
}

func (e *executor) stop() {
	close(e.jobs)
	e.wg.Wait()
}

type barrier struct {
	pending sync.WaitGroup

	mu   sync.Mutex
	errs []error
}

// track returns what the task has to call once.
func (b *barrier) track() func(error) {
	b.pending.Add(1)
	var once sync.Once
	return func(err error) {
		once.Do(func() { b.settle(err) })
	}
}

func (b *barrier) settle(err error) {
	defer b.pending.Done()
	if err == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.errs = append(b.errs, err)
}

func (b *barrier) wait() error {
	b.pending.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return errors.Join(b.errs...)
}

func (e *executor) runAll(tasks []task) error {
	var b barrier
	for _, t := range tasks {
		done := b.track()
		if t == nil {
			done(errRefused)
			continue
		}
		e.jobs <- func() {
			defer done(errRefused)
			t(done)
		}
	}
	return b.wait()
}

// Run runs tasks that finish at once, later, with an error, and not at all.
func Run() {
	e := newExecutor(2)
	defer e.stop()
	for i := 0; i < 20; i++ {
		_ = e.runAll([]task{
			func(done func(error)) { done(nil) },
			nil,
			func(done func(error)) {
				finished := make(chan struct{})
				go func() {
					done(errors.New("late"))
					close(finished)
				}()
				<-finished
			},
			func(func(error)) {},
		})
	}
}
