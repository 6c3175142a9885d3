// Package lazydial dials once for all who ask at the same time.
package lazydial

import (
	"errors"
	"sync"
)

// Conn is a connection.
type Conn struct{ host string }

type attempt struct {
	done chan struct{}
	conn *Conn
	err  error
}

// Dialer keeps one connection for each host.
type Dialer struct {
	mu       sync.Mutex
	attempts map[string]*attempt
	dial     func(string) (*Conn, error)
}

// New returns a dialer.
func New(dial func(string) (*Conn, error)) *Dialer {
	return &Dialer{attempts: map[string]*attempt{}, dial: dial}
}

// Get returns the connection to a host; who comes first dials, the others wait.
func (d *Dialer) Get(host string) (*Conn, error) {
	d.mu.Lock()
	if a, ok := d.attempts[host]; ok {
		d.mu.Unlock()
		<-a.done
		return a.conn, a.err
	}
	a := &attempt{done: make(chan struct{})}
	d.attempts[host] = a
	d.mu.Unlock()

	a.conn, a.err = d.dial(host)
	if a.err != nil {
		d.mu.Lock()
		delete(d.attempts, host)
		d.mu.Unlock()
	}
	close(a.done)
	return a.conn, a.err
}

// Run dials from several goroutines.
func Run() {
	d := New(func(host string) (*Conn, error) {
		if host == "" {
			return nil, errors.New("no host")
		}
		return &Conn{host}, nil
	})
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = d.Get("north")
			_, _ = d.Get("")
		}()
	}
	wg.Wait()
}
