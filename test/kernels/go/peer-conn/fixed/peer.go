package kernel

import (
	"errors"
	"io"
	"sync"
)

type packet struct {
	kind int
	body string
}

type packetSource interface {
	Next() (packet, error)
}

type script struct {
	packets []packet
}

func (s *script) Next() (packet, error) {
	if len(s.packets) == 0 {
		return packet{}, io.EOF
	}
	p := s.packets[0]
	s.packets = s.packets[1:]
	return p, nil
}

type peerConn struct {
	src      packetSource
	handlers map[int]func(packet) error
	closed   chan struct{}

	mu  sync.Mutex
	err error
}

func newPeerConn(src packetSource) *peerConn {
	p := &peerConn{src: src, closed: make(chan struct{})}
	p.handlers = map[int]func(packet) error{1: p.onIndex, 2: p.onClose}
	return p
}

func (p *peerConn) onIndex(packet) error { return nil }

func (p *peerConn) onClose(m packet) error {
	p.shut(errors.New("peer says: " + m.body))
	return io.EOF
}

func (p *peerConn) shut(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
		close(p.closed)
	}
}

func (p *peerConn) readLoop() error {
	for {
		m, err := p.src.Next()
		if err != nil {
			return err
		}
		if h := p.handlers[m.kind]; h != nil {
			if err := h(m); err != nil {
				return err
			}
		}
	}
}

func (p *peerConn) serve() {
	err := p.readLoop()
	p.shut(err)
}

func (p *peerConn) wait() error {
	<-p.closed
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Run serves a peer that goes away and one that says goodbye.
func Run() {
	for _, src := range []packetSource{
		&script{[]packet{{1, "index"}}},
		&script{[]packet{{1, "index"}, {2, "bye"}}},
	} {
		p := newPeerConn(src)
		go p.serve()
		_ = p.wait()
	}
}
