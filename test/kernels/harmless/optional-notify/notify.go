// Package optionalnotify sends on channels that may be nil.
package optionalnotify

import "sync"

// Job tells on its channels how far it is, where somebody wants to know.
type Job struct {
	Progress chan<- int
	Done     chan<- struct{}
	steps    int
	limit    <-chan struct{}
}

func (j *Job) report(step int) {
	if j.Progress == nil {
		return
	}
	select {
	case j.Progress <- step:
	default:
	}
}

// Run does the steps; without a limit it does all.
func (j *Job) Run() bool {
	if j.Done != nil {
		defer close(j.Done)
	}
	for step := 1; step <= j.steps; step++ {
		select {
		case <-j.limit:
			return false
		default:
		}
		j.report(step)
	}
	return true
}

// All runs jobs side by side.
func All(jobs ...*Job) int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	finished := 0
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if job.Run() {
				mu.Lock()
				finished++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return finished
}

// Run runs a job that nobody looks at, and one that somebody does.
func Run() {
	progress, done := make(chan int, 1), make(chan struct{})
	limit := make(chan struct{})
	close(limit)
	if All(&Job{steps: 3}, &Job{steps: 3, Progress: progress, Done: done}, &Job{steps: 1, limit: limit}) != 2 {
		panic("a job is missing")
	}
	<-done
}
