package kernel

import (
	"errors"
	"sync/atomic"
)

// Service runs jobs and gives up at the first fatal error.
type Service struct {
	runner *Runner
	ok     atomic.Int32
	failed atomic.Int32
}

// NewService starts a service.
func NewService() *Service {
	s := &Service{}
	s.runner = NewRunner(Hooks{
		OnDone:  func(Job) { s.ok.Add(1) },
		OnError: s.jobFailed,
	})
	s.runner.Start()
	return s
}

func (s *Service) jobFailed(job Job, err error) {
	s.failed.Add(1)
	if errors.Is(err, ErrFatal) {
		s.runner.shut()
	}
}

// Do passes jobs on and returns how many were taken.
func (s *Service) Do(jobs ...Job) int {
	for i, job := range jobs {
		if !s.runner.Add(job) {
			return i
		}
	}
	return len(jobs)
}

// Stop ends the service.
func (s *Service) Stop() { s.runner.Close() }

// Run does a good job and a bad one.
func Run() {
	service := NewService()
	service.Do(
		Job{"good", func() error { return nil }},
		Job{"bad", func() error { return ErrFatal }},
	)
	service.Stop()
}
