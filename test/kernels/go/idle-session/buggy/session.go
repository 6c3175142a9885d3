package kernel

import (
	"sync"
	"time"
)

// Session ends when nothing is heard for a while.
type Session struct {
	idle   time.Duration
	packet chan int
	done   chan struct{}
	wg     sync.WaitGroup

	mu      sync.Mutex
	packets int
	expired bool
}

// NewSession starts a session.
func NewSession(idle time.Duration) *Session {
	s := &Session{idle: idle, packet: make(chan int), done: make(chan struct{})}
	s.wg.Add(1)
	go s.watch()
	return s
}

func (s *Session) watch() {
	defer s.wg.Done()
	timer := time.NewTimer(s.idle)
	defer timer.Stop()
	warned := false
	for {
		select {
		case n := <-s.packet:
			s.count(n)
			if !timer.Stop() {
				<-timer.C
			}
			timer.Reset(s.idle)
		case <-timer.C:
			if warned {
				s.expire()
			}
			warned = true
		case <-s.done:
			return
		}
	}
}

func (s *Session) count(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.packets += n
}

func (s *Session) expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expired = true
}

// Heard passes on how many packets came.
func (s *Session) Heard(n int) { s.packet <- n }

// Close ends the session.
func (s *Session) Close() {
	close(s.done)
	s.wg.Wait()
}

// Run hears something after a pause.
func Run() {
	s := NewSession(2 * time.Millisecond)
	s.Heard(1)
	time.Sleep(10 * time.Millisecond)
	s.Heard(2)
	s.Close()
}
