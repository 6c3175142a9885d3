package kernel

import (
	"errors"
	"sync"
)

var errTwice = errors.New("started twice")

// Works is a group of workers on one queue.
type Works struct {
	mu      sync.Mutex
	started bool
	jobs    chan func()
	size    int
}

func NewWorks(size int) *Works {
	return &Works{jobs: make(chan func(), size), size: size}
}

// Start starts the workers, once.
func (w *Works) Start() error {
	w.mu.Lock()
	if w.started {
		return errTwice
	}
	var ready sync.WaitGroup
	err := func() error {
		defer w.mu.Unlock()
		if w.size == 0 {
			return errors.New("no workers")
		}
		for i := 0; i < w.size; i++ {
			ready.Add(1)
			go w.work(&ready)
		}
		w.started = true
		return nil
	}()
	if err != nil {
		return err
	}
	ready.Wait()
	return nil
}

func (w *Works) work(ready *sync.WaitGroup) {
	ready.Done()
	for job := range w.jobs {
		job()
	}
}

// Started says whether the workers are there.
func (w *Works) Started() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.started
}

// Stop ends the workers when the queue is empty.
func (w *Works) Stop() { close(w.jobs) }

// Run starts the same works twice.
func Run() {
	works := NewWorks(2)
	defer works.Stop()
	for i := 0; i < 2; i++ {
		if err := works.Start(); err != nil {
			break
		}
	}
	works.Started()
}
