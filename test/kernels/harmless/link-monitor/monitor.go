// Package link watches a connection and tells once when it is down.
package link

import (
	"errors"
	"sync"
	"time"
)

// ErrIdle ends a link on which nothing happens.
var ErrIdle = errors.New("link is idle")

// Prober asks the other side whether it is there.
type Prober interface{ Probe() error }

// Monitor watches one link.
type Monitor struct {
	prober Prober
	idle   time.Duration

	once sync.Once
	down chan struct{}
	err  error

	touched chan struct{}
	wg      sync.WaitGroup
}

// Watch starts to watch.
func Watch(prober Prober, idle time.Duration) *Monitor {
	m := &Monitor{
		prober:  prober,
		idle:    idle,
		down:    make(chan struct{}),
		touched: make(chan struct{}, 1),
	}
	m.wg.Add(2)
	go m.probe()
	go m.watchIdle()
	return m
}

func (m *Monitor) fail(err error) {
	m.once.Do(func() {
		m.err = err
		close(m.down)
	})
}

func (m *Monitor) probe() {
	defer m.wg.Done()
	ticker := time.NewTicker(m.idle / 4)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if err := m.prober.Probe(); err != nil {
				m.fail(err)
			}
		case <-m.down:
			return
		}
	}
}

func (m *Monitor) watchIdle() {
	defer m.wg.Done()
	timer := time.NewTimer(m.idle)
	defer timer.Stop()
	for {
		select {
		case <-m.touched:
			if !timer.Stop() {
				select {
				case <-timer.C:
				default:
				}
			}
			timer.Reset(m.idle)
		case <-timer.C:
			m.fail(ErrIdle)
			return
		case <-m.down:
			return
		}
	}
}

// Touch notes that something happened on the link.
func (m *Monitor) Touch() {
	select {
	case m.touched <- struct{}{}:
	default:
	}
}

// Down is closed when the link is down.
func (m *Monitor) Down() <-chan struct{} { return m.down }

// Err waits until the link is down and tells why.
func (m *Monitor) Err() error {
	<-m.down
	return m.err
}

// Close ends the watching.
func (m *Monitor) Close() error {
	m.fail(nil)
	m.wg.Wait()
	return m.Err()
}

type dying struct{ left int }

func (d *dying) Probe() error {
	if d.left--; d.left < 0 {
		return errors.New("no answer")
	}
	return nil
}

// Run watches three links.
func Run() {
	failing := Watch(&dying{left: 3}, 8*time.Millisecond)
	for i := 0; i < 5; i++ {
		failing.Touch()
		time.Sleep(time.Millisecond)
	}
	_ = failing.Err()
	_ = failing.Close()
	idle := Watch(&dying{left: 100}, 4*time.Millisecond)
	<-idle.Down()
	_ = idle.Close()
	closed := Watch(&dying{left: 100}, time.Second)
	_ = closed.Close()
	_ = closed.Close()
}
