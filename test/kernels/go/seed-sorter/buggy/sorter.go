package kernel

import (
	"errors"
	"sync"
)

type seed struct {
	species string
	grams   int
}

type tray struct {
	mu     sync.Mutex
	counts map[string]int
}

func (t *tray) put(s seed) {
	t.mu.Lock()
	t.counts[s.species] += s.grams
	t.mu.Unlock()
}

type sorter struct {
	arms int
	tray *tray
}

func (s *sorter) arm(belt <-chan seed, wg *sync.WaitGroup) {
	defer wg.Done()
	for one := range belt {
		s.tray.put(one)
	}
}

func (s *sorter) sort(next func() (seed, bool, error)) error {
	belt := make(chan seed)
	var wg sync.WaitGroup
	for i := 0; i < s.arms; i++ {
		wg.Add(1)
		go s.arm(belt, &wg)
	}
	for {
		one, more, err := next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		belt <- one
	}
	close(belt)
	wg.Wait()
	return nil
}

// Run sorts until the hopper jams.
func Run() {
	s := &sorter{arms: 3, tray: &tray{counts: map[string]int{}}}
	n := 0
	err := s.sort(func() (seed, bool, error) {
		n++
		if n > 4 {
			return seed{}, false, errors.New("jammed")
		}
		return seed{"oak", n}, true, nil
	})
	if err == nil {
		panic("did not jam")
	}
}
