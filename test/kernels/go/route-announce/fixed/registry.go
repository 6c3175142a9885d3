package kernel

import "sync"

type connID string

type ackSink interface {
	noteVersion(id connID, version int)
}

type proxyConn interface {
	ident() connID
	shutdown(reason string)
}

type registry struct {
	sync.RWMutex
	conns    map[connID]proxyConn
	versions map[connID]int
}

func newRegistry() *registry {
	return &registry{conns: map[connID]proxyConn{}, versions: map[connID]int{}}
}

func (r *registry) register(c proxyConn) {
	r.Lock()
	defer r.Unlock()
	r.conns[c.ident()] = c
}

func (r *registry) noteVersion(id connID, version int) {
	r.Lock()
	defer r.Unlock()
	if _, ok := r.conns[id]; ok {
		r.versions[id] = version
	}
}

func (r *registry) evict(id connID) {
	r.Lock()
	c, ok := r.conns[id]
	delete(r.conns, id)
	delete(r.versions, id)
	r.Unlock()
	if !ok {
		return
	}
	c.shutdown("evicted")
}
