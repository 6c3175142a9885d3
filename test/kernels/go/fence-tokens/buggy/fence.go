package kernel

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

var (
	errStale  = errors.New("stale token")
	errClosed = errors.New("resource is closed")
)

type command interface{ isCommand() }

type writeCommand struct {
	token uint64
	key   string
	value string
}

type renewCommand struct {
	token uint64
	until time.Time
}

type closeCommand struct {
	token uint64
}

func (writeCommand) isCommand() {}
func (renewCommand) isCommand() {}
func (closeCommand) isCommand() {}

type resource struct {
	mu       sync.Mutex
	highest  uint64
	isClosed bool
	data     map[string]string
	expires  time.Time
	rejected int
}

func newResource() *resource {
	return &resource{data: make(map[string]string)}
}

func (r *resource) apply(c command) error {
	r.mu.Lock()
	if r.isClosed {
		r.mu.Unlock()
		return errClosed
	}
	var err error
	switch c := c.(type) {
	case writeCommand:
		if err = r.check(c.token); err == nil {
			r.data[c.key] = c.value
		}
	case renewCommand:
		if err = r.check(c.token); err != nil {
			r.rejected++
			return fmt.Errorf("renew: %w", err)
		}
		r.expires = c.until
	case closeCommand:
		if err = r.check(c.token); err == nil {
			r.isClosed = true
		}
	default:
		err = fmt.Errorf("unknown command %T", c)
	}
	r.mu.Unlock()
	return err
}

func (r *resource) check(token uint64) error {
	if token < r.highest {
		return errStale
	}
	r.highest = token
	return nil
}

func (r *resource) get(key string) (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.data[key]
	return v, ok
}

type client struct {
	token  uint64
	server *resource
}

func (c *client) write(key, value string) error {
	return c.server.apply(writeCommand{c.token, key, value})
}

func (c *client) renew(d time.Duration) error {
	return c.server.apply(renewCommand{c.token, time.Now().Add(d)})
}

// Run lets a younger client overtake an older one.
func Run() {
	r := newResource()
	older, younger := &client{1, r}, &client{2, r}
	_ = older.write("leader", "a")
	_ = younger.write("leader", "b")
	if err := older.renew(time.Second); errors.Is(err, errStale) {
		_ = younger.renew(time.Second)
	}
	r.get("leader")
	_ = r.apply(closeCommand{2})
}
