package kernel

import (
	"maps"
	"sync"
	"time"
)

// Loader reads the flags from wherever they are kept.
type Loader interface {
	Load() (map[string]bool, error)
}

// Flags knows which features are on.
type Flags struct {
	loader Loader

	mu     sync.RWMutex
	on     map[string]bool
	errors int

	refresh chan struct{}
	done    chan struct{}
	wg      sync.WaitGroup
}

// Open loads the flags and keeps them fresh.
func Open(loader Loader, every time.Duration) (*Flags, error) {
	on, err := loader.Load()
	if err != nil {
		return nil, err
	}
	f := &Flags{
		loader:  loader,
		on:      on,
		refresh: make(chan struct{}, 1),
		done:    make(chan struct{}),
	}
	f.wg.Add(2)
	go f.tick(every)
	go f.follow()
	return f, nil
}

func (f *Flags) tick(every time.Duration) {
	defer f.wg.Done()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			f.Refresh()
		case <-f.done:
			return
		}
	}
}

func (f *Flags) follow() {
	defer f.wg.Done()
	for {
		select {
		case <-f.refresh:
		case <-f.done:
			return
		}
		on, err := f.loader.Load()
		f.mu.Lock()
		if err != nil {
			f.errors++
		} else {
			f.on = on
		}
		f.mu.Unlock()
	}
}

// Refresh asks for a reload; it does not wait for it.
func (f *Flags) Refresh() {
	select {
	case f.refresh <- struct{}{}:
	default:
	}
}

// On tells whether a feature is on.
func (f *Flags) On(name string) bool {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.on[name]
}

// Close ends the refreshing.
func (f *Flags) Close() {
	close(f.done)
	f.wg.Wait()
}

type fixedSet map[string]bool

func (s fixedSet) Load() (map[string]bool, error) { return maps.Clone(s), nil }

// Run uses flags for a moment.
func Run() {
	flags, err := Open(fixedSet{"dark-mode": true}, time.Millisecond)
	if err != nil {
		return
	}
	time.Sleep(5 * time.Millisecond)
	_ = flags.On("dark-mode")
	flags.Close()
}
