package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errVersion = errors.New("tunnel: version not supported")

type link interface {
	Handshake(version int) error
	Ping() error
}

type pipeLink struct {
	max int

	mu    sync.Mutex
	pings int
}

func (p *pipeLink) Handshake(v int) error {
	if v > p.max {
		return errVersion
	}
	return nil
}

func (p *pipeLink) Ping() error {
	p.mu.Lock()
	p.pings++
	p.mu.Unlock()
	return nil
}

type session struct {
	link   link
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *session) keepalive(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-t.C:
			if s.link.Ping() != nil {
				s.Close()
			}
		}
	}
}

// Close ends a session.
func (s *session) Close() { s.cancel() }

type dialer struct {
	version int
	every   time.Duration
	open    []*session
}

func (d *dialer) newSession(l link) *session {
	s := &session{link: l}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	go s.keepalive(d.every)
	return s
}

func (d *dialer) dial(l link) error {
	s := d.newSession(l)
	if err := l.Handshake(d.version); err != nil {
		return err
	}
	d.open = append(d.open, s)
	return nil
}

func (d *dialer) closeAll() {
	for _, s := range d.open {
		s.Close()
	}
	d.open = nil
}

// Run dials a new and an old peer.
func Run() {
	d := &dialer{version: 3, every: 10 * time.Millisecond}
	defer d.closeAll()
	if err := d.dial(&pipeLink{max: 4}); err != nil {
		return
	}
	_ = d.dial(&pipeLink{max: 2})
}
