package kernel

import (
	"errors"
	"sync"
)

type unit interface {
	ID() string
	Stop(seconds int) error
}

type containerUnit struct {
	id string

	mu      sync.Mutex
	stopped bool
}

func (c *containerUnit) ID() string { return c.id }

func (c *containerUnit) Stop(seconds int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		return errors.New("already stopped: " + c.id)
	}
	c.stopped = true
	return nil
}

type supervisor struct {
	group  sync.WaitGroup
	units  []unit
	mu     sync.Mutex
	errors map[string]error
}

func newSupervisor(ids ...string) *supervisor {
	s := &supervisor{errors: make(map[string]error)}
	for _, id := range ids {
		s.units = append(s.units, &containerUnit{id: id})
	}
	return s
}

func (s *supervisor) failed(u unit, err error) {
	s.mu.Lock()
	s.errors[u.ID()] = err
	s.mu.Unlock()
}

func (s *supervisor) stopOne(u unit) {
	defer s.group.Done()
	if err := u.Stop(10); err != nil {
		s.failed(u, err)
	}
}

func (s *supervisor) each(fn func(unit)) {
	for _, u := range s.units {
		go fn(u)
	}
	s.group.Wait()
}

func (s *supervisor) shutdown() int {
	s.group.Add(len(s.units))
	s.each(s.stopOne)
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.errors)
}

// Run shuts down one unit and then three.
func Run() {
	if newSupervisor("single").shutdown() != 0 {
		return
	}
	s := newSupervisor("web", "db", "queue")
	_ = s.shutdown()
}
