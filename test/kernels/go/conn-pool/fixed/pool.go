package kernel

import (
	"errors"
	"sync"
	"time"
)

var errPoolClosed = errors.New("pool is closed")

// Conn is one connection of a pool.
type Conn interface {
	Ping() error
	Close() error
}

type fakeConn struct{ delay time.Duration }

func (c *fakeConn) Ping() error {
	time.Sleep(c.delay)
	return nil
}

func (c *fakeConn) Close() error { return nil }

type pooled struct {
	conn   Conn
	usedAt time.Time
	broken bool
}

// Pool keeps idle connections and checks them in the background.
type Pool struct {
	dial func() (Conn, error)

	mu     sync.Mutex
	idle   []*pooled
	closed bool

	checks sync.WaitGroup
}

// NewPool returns a pool that dials with dial.
func NewPool(dial func() (Conn, error)) *Pool {
	return &Pool{dial: dial}
}

// Get takes an idle connection or dials.
func (p *Pool) Get() (Conn, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, errPoolClosed
	}
	if n := len(p.idle); n > 0 {
		pc := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return pc.conn, nil
	}
	p.mu.Unlock()
	return p.dial()
}

// Put gives a connection back.
func (p *Pool) Put(c Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		_ = c.Close()
		return
	}
	pc := &pooled{conn: c, usedAt: time.Now()}
	p.idle = append(p.idle, pc)
	p.checks.Add(1)
	go p.check(pc)
}

func (p *Pool) check(pc *pooled) {
	defer p.checks.Done()
	if err := pc.conn.Ping(); err != nil {
		p.markBroken(pc)
		return
	}
	p.touch(pc)
}

func (p *Pool) markBroken(pc *pooled) {
	p.mu.Lock()
	defer p.mu.Unlock()
	pc.broken = true
}

func (p *Pool) touch(pc *pooled) {
	p.mu.Lock()
	defer p.mu.Unlock()
	pc.usedAt = time.Now()
}

// Close closes the idle connections when no check runs any more.
func (p *Pool) Close() error {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return errPoolClosed
	}
	p.closed = true
	p.mu.Unlock()
	p.checks.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	var first error
	for _, pc := range p.idle {
		if err := pc.conn.Close(); err != nil && first == nil {
			first = err
		}
	}
	p.idle = nil
	return first
}

// Run gives two connections back and closes the pool.
func Run() {
	p := NewPool(func() (Conn, error) { return &fakeConn{delay: 10 * time.Millisecond}, nil })
	a, _ := p.Get()
	b, _ := p.Get()
	p.Put(a)
	p.Put(b)
	_ = p.Close()
}
