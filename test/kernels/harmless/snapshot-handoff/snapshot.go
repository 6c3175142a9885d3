package kernel

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"time"
)

// Store is a map that can be written to a stream while it is used.
type Store struct {
	mu       sync.RWMutex
	data     map[string]string
	snapshot sync.Mutex
	taken    int
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{data: make(map[string]string)}
}

// Set stores a value.
func (s *Store) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data[key] = value
}

// SaveAsync writes the store as it is now. Only one is written at a time.
func (s *Store) SaveAsync(w io.Writer) <-chan error {
	done := make(chan error, 1)
	s.snapshot.Lock()
	s.mu.RLock()
	go s.save(w, done)
	return done
}

func (s *Store) save(w io.Writer, done chan<- error) {
	defer s.snapshot.Unlock()
	copied := s.copyAndUnlock()
	s.taken++
	for k, v := range copied {
		if _, err := fmt.Fprintf(w, "%s=%s\n", k, v); err != nil {
			done <- err
			return
		}
	}
	done <- nil
}

func (s *Store) copyAndUnlock() map[string]string {
	defer s.mu.RUnlock()
	copied := make(map[string]string, len(s.data))
	for k, v := range s.data {
		copied[k] = v
	}
	return copied
}

// Saver saves from time to time.
type Saver struct {
	store *Store
	stop  chan struct{}
	wg    sync.WaitGroup
}

func (s *Saver) run(every time.Duration) {
	defer s.wg.Done()
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			var b bytes.Buffer
			if err := <-s.store.SaveAsync(&b); err != nil {
				return
			}
		case <-s.stop:
			return
		}
	}
}

// Run writes while the store is saved.
func Run() {
	s := &Saver{store: NewStore(), stop: make(chan struct{})}
	s.wg.Add(1)
	go s.run(time.Millisecond)
	for i := 0; i < 200; i++ {
		s.store.Set(fmt.Sprint(i%20), fmt.Sprint(i))
		if i%50 == 0 {
			var b bytes.Buffer
			_ = s.store.SaveAsync(&b)
			time.Sleep(2 * time.Millisecond)
		}
	}
	close(s.stop)
	s.wg.Wait()
	var last bytes.Buffer
	<-s.store.SaveAsync(&last)
}
