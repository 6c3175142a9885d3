package kernel

import (
	"context"
	"sync"
	"time"
)

// Work is done on a schedule.
type Work func(ctx context.Context)

type entry struct {
	name   string
	every  time.Duration
	work   Work
	cancel context.CancelFunc
	runs   int
	last   time.Time
}

// Scheduler runs work again and again.
type Scheduler struct {
	mu      sync.Mutex
	entries map[string]*entry
	running sync.WaitGroup
	stopped bool
}

// NewScheduler returns a scheduler with nothing to do.
func NewScheduler() *Scheduler {
	return &Scheduler{entries: make(map[string]*entry)}
}

// Every adds work; work of the same name is replaced.
func (s *Scheduler) Every(name string, every time.Duration, work Work) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return
	}
	if old, ok := s.entries[name]; ok {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	e := &entry{name: name, every: every, work: work, cancel: cancel}
	s.entries[name] = e
	s.running.Add(1)
	go s.loop(ctx, e)
}

func (s *Scheduler) loop(ctx context.Context, e *entry) {
	defer s.running.Done()
	defer s.leave(e)
	ticker := time.NewTicker(e.every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			e.work(ctx)
			s.note(e)
		case <-ctx.Done():
			return
		}
	}
}

func (s *Scheduler) note(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e.runs++
	e.last = time.Now()
}

func (s *Scheduler) leave(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.entries[e.name] == e {
		delete(s.entries, e.name)
	}
}

// Runs tells how often work was done.
func (s *Scheduler) Runs(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.entries[name]; ok {
		return e.runs
	}
	return 0
}

// Stop cancels everything and waits for what is under way.
func (s *Scheduler) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	for _, e := range s.entries {
		e.cancel()
	}
	s.running.Wait()
}

// Run schedules two things for a moment.
func Run() {
	scheduler := NewScheduler()
	scheduler.Every("sweep", time.Millisecond, func(context.Context) {})
	scheduler.Every("probe", 2*time.Millisecond, func(context.Context) {})
	time.Sleep(5 * time.Millisecond)
	_ = scheduler.Runs("sweep")
	scheduler.Stop()
}
