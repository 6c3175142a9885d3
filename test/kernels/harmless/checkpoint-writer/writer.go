// Package checkpoint saves the state of a machine without stopping it for long.
package checkpoint

import (
	"errors"
	"sync"
)

// ErrBusy is returned while another checkpoint is being written.
var ErrBusy = errors.New("a checkpoint is being written")

// Storage keeps checkpoints.
type Storage interface {
	Write(seq int, state map[string]int) error
}

// Machine has a state that is saved now and then.
type Machine struct {
	storage Storage

	mu    sync.Mutex
	state map[string]int
	seq   int

	saving sync.Mutex
	errs   chan error
}

// NewMachine returns a machine.
func NewMachine(storage Storage) *Machine {
	return &Machine{storage: storage, state: make(map[string]int), errs: make(chan error, 1)}
}

// Set changes the state.
func (m *Machine) Set(name string, value int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.state[name] = value
}

func (m *Machine) snapshot() (int, map[string]int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seq++
	state := make(map[string]int, len(m.state))
	for name, value := range m.state {
		state[name] = value
	}
	return m.seq, state
}

// Save starts a checkpoint in the background.
func (m *Machine) Save() error {
	if !m.saving.TryLock() {
		return ErrBusy
	}
	seq, state := m.snapshot()
	go m.write(seq, state)
	return nil
}

// SaveNow waits for its turn and then starts a checkpoint.
func (m *Machine) SaveNow() {
	m.saving.Lock()
	seq, state := m.snapshot()
	go func() {
		defer m.saving.Unlock()
		m.note(m.storage.Write(seq, state))
	}()
}

func (m *Machine) write(seq int, state map[string]int) {
	defer m.saving.Unlock()
	m.note(m.storage.Write(seq, state))
}

func (m *Machine) note(err error) {
	if err == nil {
		return
	}
	select {
	case m.errs <- err:
	default:
	}
}

// Flush waits for the checkpoint that is being written and returns an error of the past, if there is one.
func (m *Machine) Flush() error {
	m.saving.Lock()
	defer m.saving.Unlock()
	select {
	case err := <-m.errs:
		return err
	default:
		return nil
	}
}

type memory struct {
	mu    sync.Mutex
	saved map[int]map[string]int
}

func (s *memory) Write(seq int, state map[string]int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(state) == 0 {
		return errors.New("nothing to save")
	}
	s.saved[seq] = state
	return nil
}

// Run saves a few times.
func Run() {
	machine := NewMachine(&memory{saved: make(map[int]map[string]int)})
	for i := 0; i < 20; i++ {
		machine.Set("level", i)
		if machine.Save() != nil {
			machine.SaveNow()
		}
	}
	_ = machine.Flush()
}
