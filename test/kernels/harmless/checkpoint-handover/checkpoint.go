package kernel

import (
	"errors"
	"sync"
)

type image struct {
	mu    sync.Mutex
	pages []byte
	saves int
}

type saver struct {
	out  chan int
	wg   sync.WaitGroup
	busy sync.Mutex
}

func newSaver() *saver { return &saver{out: make(chan int, 16)} }

func (s *saver) begin(img *image) error {
	img.mu.Lock()
	if len(img.pages) == 0 {
		img.mu.Unlock()
		return errors.New("nothing to save")
	}
	s.wg.Add(1)
	go s.finish(img)
	return nil
}

func (s *saver) finish(img *image) {
	defer s.wg.Done()
	n := len(img.pages)
	img.saves++
	img.mu.Unlock()
	s.report(n)
}

func (s *saver) report(n int) {
	if !s.lockBusy() {
		return
	}
	defer s.unlockBusy()
	select {
	case s.out <- n:
	default:
	}
}

func (s *saver) lockBusy() bool {
	s.busy.Lock()
	return true
}

func (s *saver) unlockBusy() { s.busy.Unlock() }

func (img *image) write(b byte) {
	img.mu.Lock()
	defer img.mu.Unlock()
	img.pages = append(img.pages, b)
}

// Run saves an image while it grows.
func Run() {
	s := newSaver()
	img := &image{}
	if s.begin(img) == nil {
		return
	}
	for i := 0; i < 50; i++ {
		img.write(byte(i))
		if err := s.begin(img); err != nil {
			return
		}
	}
	s.wg.Wait()
}
