package kernel

import (
	"errors"
	"fmt"
	"sync"
)

var errCorrupt = errors.New("segment is corrupt")

type segment struct {
	id      int
	records []string
	sealed  bool
	corrupt bool
}

func (s *segment) verify() error {
	if s.corrupt {
		return fmt.Errorf("segment %d: %w", s.id, errCorrupt)
	}
	return nil
}

// Compactor merges sealed segments.
type Compactor struct {
	parallel int
	logf     func(format string, args ...any)

	wg    sync.WaitGroup
	slots chan struct{}

	mu     sync.Mutex
	merged map[string]int
	errs   []error
}

// NewCompactor returns a compactor that runs parallel merges.
func NewCompactor(parallel int, logf func(string, ...any)) *Compactor {
	return &Compactor{
		parallel: parallel,
		logf:     logf,
		slots:    make(chan struct{}, parallel),
		merged:   make(map[string]int),
	}
}

// Compact merges the segments and returns how many records are left.
func (c *Compactor) Compact(segments []*segment) (int, error) {
	for _, s := range segments {
		if !s.sealed {
			continue
		}
		c.wg.Add(1)
		go c.compactOne(s)
	}
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.merged), errors.Join(c.errs...)
}

func (c *Compactor) compactOne(s *segment) {
	c.slots <- struct{}{}
	defer func() { <-c.slots }()
	if err := s.verify(); err != nil {
		c.fail(err)
		return
	}
	c.merge(s)
	c.logf("merged %d", s.id)
	c.wg.Done()
}

func (c *Compactor) merge(s *segment) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range s.records {
		c.merged[r]++
	}
}

func (c *Compactor) fail(err error) {
	c.mu.Lock()
	c.errs = append(c.errs, err)
	c.mu.Unlock()
	c.logf("failed: %v", err)
}

// Run compacts good segments and then a bad one.
func Run() {
	quiet := func(string, ...any) {}
	good := []*segment{
		{id: 1, sealed: true, records: []string{"a", "b"}},
		{id: 2, sealed: true, records: []string{"b"}},
		{id: 3},
	}
	_, _ = NewCompactor(2, quiet).Compact(good)
	bad := append(good, &segment{id: 4, sealed: true, corrupt: true})
	_, _ = NewCompactor(2, quiet).Compact(bad)
}
