package kernel

import (
	"fmt"
	"sync"
	"time"
)

type encoder func(version int, routes []string) []byte

type pushConn struct {
	id     connID
	sink   ackSink
	encode encoder

	stateMu sync.Mutex
	version int
	closed  bool
	last    []byte
}

type connOption func(*pushConn)

func withEncoder(e encoder) connOption {
	return func(c *pushConn) { c.encode = e }
}

func newPushConn(id connID, sink ackSink, opts ...connOption) *pushConn {
	c := &pushConn{id: id, sink: sink}
	for _, o := range opts {
		o(c)
	}
	return c
}

func (c *pushConn) ident() connID { return c.id }

func (c *pushConn) shutdown(reason string) {
	c.stateMu.Lock()
	defer c.stateMu.Unlock()
	c.closed = true
	c.last = []byte(reason)
}

func (c *pushConn) push(routes []string) bool {
	c.stateMu.Lock()
	defer c.stateMu.Unlock()
	if c.closed {
		return false
	}
	c.version++
	c.last = c.encode(c.version, routes)
	c.sink.noteVersion(c.id, c.version)
	return true
}

func textEncoder(version int, routes []string) []byte {
	time.Sleep(2 * time.Millisecond)
	return []byte(fmt.Sprint(version, routes))
}

// Run pushes routes to a proxy that is evicted meanwhile.
func Run() {
	reg := newRegistry()
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		c := newPushConn(connID(fmt.Sprintf("proxy-%d", i)), reg, withEncoder(textEncoder))
		reg.register(c)
		wg.Add(2)
		go func() {
			defer wg.Done()
			for c.push([]string{"/", "/api"}) {
			}
		}()
		go func() {
			defer wg.Done()
			time.Sleep(5 * time.Millisecond)
			reg.evict(c.ident())
		}()
	}
	wg.Wait()
}
