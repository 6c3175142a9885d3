package kernel

import (
	"errors"
	"sync"
)

var errClosed = errors.New("pipe closed")

type message struct {
	id int
}

type pipe struct {
	out    chan message
	closed chan struct{}
	once   sync.Once

	mu       sync.RWMutex
	isClosed bool
	cause    error
}

func newPipe() *pipe {
	return &pipe{out: make(chan message, 2), closed: make(chan struct{})}
}

// send keeps the read lock while it waits, so that nobody closes out below it.
func (p *pipe) send(m message) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.isClosed {
		return p.cause
	}
	select {
	case p.out <- m:
		return nil
	case <-p.closed:
		return errClosed
	}
}

func (p *pipe) closeWith(err error) {
	p.once.Do(func() {
		close(p.closed)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.isClosed, p.cause = true, err
		close(p.out)
	})
}

type reader struct {
	pipe *pipe
	max  int
	got  int
}

func (r *reader) run() {
	for range r.pipe.out {
		if r.got++; r.got == r.max {
			r.pipe.closeWith(errors.New("enough"))
		}
	}
}

// Run has the reader, the writers and the owner close a pipe.
func Run() {
	for n := 0; n < 50; n++ {
		p := newPipe()
		var wg sync.WaitGroup
		wg.Add(3)
		go func() {
			defer wg.Done()
			(&reader{pipe: p, max: 5}).run()
		}()
		for w := 0; w < 2; w++ {
			go func() {
				defer wg.Done()
				for i := 0; ; i++ {
					if err := p.send(message{i}); err != nil {
						p.closeWith(err)
						return
					}
				}
			}()
		}
		wg.Wait()
		p.closeWith(errClosed)
	}
}
