// Package debouncesave drains a timer that only its own goroutine reads.
package debouncesave

import (
	"sync"
	"time"
)

// Saver saves when nothing has changed for a while.
type Saver struct {
	changes chan string
	quit    chan struct{}
	wg      sync.WaitGroup
	save    func(string)
	wait    time.Duration
}

// New starts a saver.
func New(wait time.Duration, save func(string)) *Saver {
	s := &Saver{changes: make(chan string), quit: make(chan struct{}), save: save, wait: wait}
	s.wg.Add(1)
	go s.loop()
	return s
}

func (s *Saver) loop() {
	defer s.wg.Done()
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	defer timer.Stop()
	var text string
	isPending := false
	for {
		select {
		case text = <-s.changes:
			if isPending && !timer.Stop() {
				select {
				case <-timer.C:
				default:
				}
			}
			isPending = true
			timer.Reset(s.wait)
		case <-timer.C:
			isPending = false
			s.save(text)
		case <-s.quit:
			if isPending {
				s.save(text)
			}
			return
		}
	}
}

// Change says what is to be saved.
func (s *Saver) Change(text string) { s.changes <- text }

// Close saves what is pending.
func (s *Saver) Close() {
	close(s.quit)
	s.wg.Wait()
}

// Run changes a little.
func Run() {
	saved := ""
	s := New(time.Millisecond, func(text string) { saved = text })
	s.Change("a")
	time.Sleep(3 * time.Millisecond)
	s.Change("b")
	s.Change("c")
	s.Close()
	if saved != "c" {
		panic(saved)
	}
}
