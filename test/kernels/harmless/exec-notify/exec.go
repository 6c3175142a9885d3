package kernel

import "sync"

type execState int

type execConfig struct {
	sync.Mutex
	id    string
	state execState
}

type listener interface {
	Changed(e *execConfig)
}

type execStore struct {
	mu        sync.RWMutex
	execs     map[string]*execConfig
	listeners []listener
}

func (s *execStore) subscribe(l listener) {
	s.mu.Lock()
	s.listeners = append(s.listeners, l)
	s.mu.Unlock()
}

func (s *execStore) get(id string) *execConfig {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.execs[id]
}

func (s *execStore) set(id string, state execState) {
	s.mu.Lock()
	e := s.execs[id]
	if e == nil {
		e = &execConfig{id: id}
		s.execs[id] = e
	}
	ls := append([]listener(nil), s.listeners...)
	s.mu.Unlock()

	e.Lock()
	changed := e.state != state
	e.state = state
	e.Unlock()
	if changed {
		s.tell(e, ls)
	}
}

func (s *execStore) tell(e *execConfig, ls []listener) {
	for _, l := range ls {
		l.Changed(e)
	}
}

type journal struct {
	store *execStore
	mu    sync.Mutex
	seen  map[string]execState
}

func (j *journal) Changed(e *execConfig) {
	if j.store.get(e.id) == nil {
		return
	}
	e.Lock()
	now := e.state
	e.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	j.seen[e.id] = now
}

// Run changes the states of execs from two goroutines.
func Run() {
	s := &execStore{execs: make(map[string]*execConfig)}
	s.subscribe(&journal{store: s, seen: make(map[string]execState)})
	var wg sync.WaitGroup
	for _, id := range []string{"e1", "e2"} {
		wg.Add(1)
		go func(id string) {
			defer wg.Done()
			for i := 0; i < 100; i++ {
				s.set(id, execState(i))
			}
		}(id)
	}
	wg.Wait()
}
