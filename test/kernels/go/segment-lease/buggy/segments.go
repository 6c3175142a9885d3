package kernel

import (
	"errors"
	"fmt"
	"sync"
)

var (
	errUnknown = errors.New("unknown segment")
	errSealed  = errors.New("segment is sealed")
)

type segment struct {
	mu     sync.Mutex
	id     int
	sealed bool
	rows   [][]byte
}

type catalog struct {
	mu       sync.RWMutex
	segments map[int]*segment
}

func newCatalog(ids ...int) *catalog {
	c := &catalog{segments: make(map[int]*segment, len(ids))}
	for _, id := range ids {
		c.segments[id] = &segment{id: id}
	}
	return c
}

// checkout returns a segment for exclusive use; checkin ends that.
func (c *catalog) checkout(id int) (*segment, error) {
	c.mu.RLock()
	seg, ok := c.segments[id]
	c.mu.RUnlock()
	if !ok {
		return nil, fmt.Errorf("segment %d: %w", id, errUnknown)
	}
	seg.mu.Lock()
	return seg, nil
}

func (c *catalog) checkin(seg *segment) {
	seg.mu.Unlock()
}
