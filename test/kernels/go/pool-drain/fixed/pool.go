package kernel

import (
	"errors"
	"sync"
	"time"
)

// Conn is a connection of a pool.
type Conn struct {
	id     int
	broken bool
}

var errDrained = errors.New("the pool is drained")

// Pool hands out connections.
type Pool struct {
	mu      sync.Mutex
	idle    []*Conn
	next    int
	drained bool
}

// Get takes an idle connection or makes one.
func (p *Pool) Get() (*Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drained {
		return nil, errDrained
	}
	if n := len(p.idle); n > 0 {
		conn := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return conn, nil
	}
	p.next++
	return &Conn{id: p.next}, nil
}

// Put gives a connection back.
func (p *Pool) Put(conn *Conn) {
	if conn.broken {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.drained {
		p.idle = append(p.idle, conn)
	}
}

// Idle says how many wait.
func (p *Pool) Idle() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drained {
		return 0
	}
	return len(p.idle)
}

// Drain ends the pool.
func (p *Pool) Drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drained = true
	p.idle = nil
}

// Run borrows from a pool while it is drained.
func Run() {
	pool := &Pool{}
	var borrowers sync.WaitGroup
	for i := 0; i < 8; i++ {
		borrowers.Add(1)
		go func() {
			defer borrowers.Done()
			for j := 0; j < 5000; j++ {
				conn, err := pool.Get()
				if err != nil {
					return
				}
				pool.Put(conn)
			}
		}()
	}
	time.Sleep(time.Millisecond)
	pool.Drain()
	borrowers.Wait()
	_ = pool.Idle()
}
