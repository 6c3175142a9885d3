package kernel

import (
	"errors"
	"sync"
)

// ErrFatal is an error after which a runner should not go on.
var ErrFatal = errors.New("fatal")

// Job is work with a name.
type Job struct {
	Name string
	Do   func() error
}

// Hooks are called by a runner; all of them are optional.
type Hooks struct {
	OnDone  func(Job)
	OnError func(Job, error)
}

// Runner works on jobs one at a time.
type Runner struct {
	hooks Hooks
	jobs  chan Job
	quit  chan struct{}
	once  sync.Once
	done  chan struct{}
}

// NewRunner starts a runner.
func NewRunner(hooks Hooks) *Runner {
	r := &Runner{
		hooks: hooks,
		jobs:  make(chan Job),
		quit:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	return r
}

// Start begins with the work.
func (r *Runner) Start() { go r.loop() }

func (r *Runner) loop() {
	defer close(r.done)
	for {
		select {
		case job := <-r.jobs:
			r.one(job)
		case <-r.quit:
			return
		}
	}
}

func (r *Runner) one(job Job) {
	err := job.Do()
	switch {
	case err == nil && r.hooks.OnDone != nil:
		r.hooks.OnDone(job)
	case err != nil && r.hooks.OnError != nil:
		r.hooks.OnError(job, err)
	}
}

// Add gives a job to the runner; it is false when the runner is closed.
func (r *Runner) Add(job Job) bool {
	select {
	case r.jobs <- job:
		return true
	case <-r.quit:
		return false
	}
}

// Close stops the runner and waits for the job it is on.
func (r *Runner) Close() {
	r.shut()
	<-r.done
}

func (r *Runner) shut() { r.once.Do(func() { close(r.quit) }) }
