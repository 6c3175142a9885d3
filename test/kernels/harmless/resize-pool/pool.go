// Package resize makes pictures smaller with a few workers.
package resize

import (
	"context"
	"errors"
	"sync"
)

// Task is a picture to be made smaller.
type Task struct {
	Name          string
	Width, Height int
}

// Done is what became of a task.
type Done struct {
	Task Task
	Err  error
}

// Process makes pictures smaller until the context ends and tells how that went.
func Process(ctx context.Context, workers int, tasks []Task) (good int, failed []Done, err error) {
	p := newPool(workers)
	for _, task := range tasks {
		if err = p.add(ctx, task); err != nil {
			break
		}
	}
	good, failed = p.finish()
	return good, failed, err
}

type pool struct {
	tasks   chan Task
	results chan Done
	workers sync.WaitGroup
	failed  []Done
	good    int
	counted chan struct{}
}

func newPool(workers int) *pool {
	p := &pool{
		tasks:   make(chan Task),
		results: make(chan Done),
		counted: make(chan struct{}),
	}
	p.workers.Add(workers)
	for i := 0; i < workers; i++ {
		go p.work()
	}
	go func() {
		p.workers.Wait()
		close(p.results)
	}()
	go p.count()
	return p
}

func (p *pool) work() {
	defer p.workers.Done()
	for task := range p.tasks {
		p.results <- Done{Task: task, Err: shrink(&task)}
	}
}

func (p *pool) count() {
	defer close(p.counted)
	for done := range p.results {
		if done.Err != nil {
			p.failed = append(p.failed, done)
			continue
		}
		p.good++
	}
}

func shrink(task *Task) error {
	if task.Width <= 0 || task.Height <= 0 {
		return errors.New(task.Name + " has no area")
	}
	task.Width /= 2
	task.Height /= 2
	return nil
}

func (p *pool) add(ctx context.Context, task Task) error {
	select {
	case p.tasks <- task:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pool) finish() (good int, failed []Done) {
	close(p.tasks)
	<-p.counted
	return p.good, p.failed
}

// Each shrinks all of a list by index, without any lock.
func Each(tasks []Task) []error {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i := range tasks {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			errs[i] = shrink(&tasks[i])
		}(i)
	}
	wg.Wait()
	return errs
}

// Run makes some pictures smaller.
func Run() {
	var tasks []Task
	for _, name := range []string{"cat", "dog", "sea", "sky", "owl"} {
		tasks = append(tasks, Task{Name: name, Width: 640, Height: len(name) * 100})
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, _, _ = Process(ctx, 3, append(tasks, Task{Name: "dot"}))
	cancel()
	_, _, _ = Process(ctx, 1, tasks)
	_ = Each([]Task{{"a", 10, 10}, {"b", 0, 0}, {"c", 4, 2}})
}
