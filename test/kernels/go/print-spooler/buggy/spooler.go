package kernel

import (
	"sync"
	"time"
)

// Option changes a spooler while it is being built.
type Option func(*Spooler)

// WithBacklog sets how many jobs may wait in front of a device.
func WithBacklog(n int) Option {
	return func(s *Spooler) { s.backlog = n }
}

// Spooler accepts jobs and feeds them to a device one by one.
type Spooler struct {
	device  Device
	backlog int

	mu     sync.Mutex
	jobs   map[int]*Job
	nextID int

	feed chan *Job
	idle sync.WaitGroup
}

// NewSpooler starts a spooler for a device.
func NewSpooler(device Device, options ...Option) *Spooler {
	s := &Spooler{device: device, backlog: 2, jobs: make(map[int]*Job)}
	for _, option := range options {
		option(s)
	}
	s.feed = make(chan *Job, s.backlog)
	s.idle.Add(1)
	go s.loop()
	return s
}

func (s *Spooler) loop() {
	defer s.idle.Done()
	for job := range s.feed {
		s.setState(job, Printing)
		state := Finished
		if err := s.device.Print(job); err != nil {
			state = Rejected
		}
		s.setState(job, state)
	}
}

func (s *Spooler) setState(job *Job, state JobState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	job.State = state
	job.Changed = time.Now()
}

// Submit registers a job and returns its number.
func (s *Spooler) Submit(owner string, pages int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	job := &Job{ID: s.nextID, Owner: owner, Pages: pages, Changed: time.Now()}
	s.jobs[job.ID] = job
	s.enqueue(job)
	return job.ID
}

func (s *Spooler) enqueue(job *Job) {
	s.feed <- job
}

// Pending counts the jobs that are not done.
func (s *Spooler) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	pending := 0
	for _, job := range s.jobs {
		if job.State == Queued || job.State == Printing {
			pending++
		}
	}
	return pending
}

// Close waits until everything is printed.
func (s *Spooler) Close() {
	close(s.feed)
	s.idle.Wait()
}

// Run prints a few documents.
func Run() {
	spooler := NewSpooler(NullDevice{PerPage: 50 * time.Microsecond}, WithBacklog(3))
	for i := 0; i < 30; i++ {
		spooler.Submit("front office", 1+i%4)
	}
	_ = spooler.Pending()
	spooler.Close()
}
