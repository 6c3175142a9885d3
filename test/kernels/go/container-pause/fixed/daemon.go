package kernel

import (
	"fmt"
	"sync"
)

type containerStore struct {
	sync.RWMutex
	s map[string]*Container
}

func (s *containerStore) Get(id string) *Container {
	s.RLock()
	defer s.RUnlock()
	return s.s[id]
}

func (s *containerStore) Add(c *Container) {
	s.Lock()
	s.s[c.ID] = c
	s.Unlock()
}

// Daemon manages containers with a driver.
type Daemon struct {
	containers *containerStore
	exec       driver
}

// NewDaemon returns a daemon with the native driver.
func NewDaemon() *Daemon {
	d := &Daemon{containers: &containerStore{s: map[string]*Container{}}}
	d.exec = &nativeDriver{active: map[string]bool{}, watch: d}
	return d
}

// StateChanged records what the driver has done.
func (d *Daemon) StateChanged(id, state string) {
	if c := d.containers.Get(id); c != nil {
		c.note(d.exec.Name() + ": " + state)
	}
}

// Pause freezes a running container.
func (d *Daemon) Pause(id string) error {
	c := d.containers.Get(id)
	if c == nil {
		return fmt.Errorf("no such container: %s", id)
	}
	if err := d.freeze(c); err != nil {
		return err
	}
	c.note("pause")
	return nil
}

func (d *Daemon) freeze(c *Container) error {
	c.Lock()
	if !c.Running || c.Paused {
		c.Unlock()
		return fmt.Errorf("container %s can't be paused", c.ID)
	}
	c.toggle(true)
	c.Unlock()
	return d.exec.Freeze(c.ID)
}

// Unpause thaws a container.
func (d *Daemon) Unpause(id string) error {
	c := d.containers.Get(id)
	c.Lock()
	defer c.Unlock()
	if err := d.exec.Thaw(id); err != nil {
		return err
	}
	c.toggle(false)
	return nil
}

// Run pauses and resumes a container.
func Run() {
	d := NewDaemon()
	d.containers.Add(&Container{ID: "c1", Running: true})
	if err := d.Pause("c1"); err != nil {
		return
	}
	_ = d.Unpause("c1")
}
