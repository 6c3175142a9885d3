package kernel

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type directory struct {
	name  string
	files int
	dirs  []*directory
}

// Visitor looks at each directory.
type Visitor interface {
	Visit(d *directory) error
}

type countVisitor struct{ files int64 }

func (c *countVisitor) Visit(d *directory) error {
	atomic.AddInt64(&c.files, int64(d.files))
	return nil
}

type pickyVisitor struct{ refuse string }

func (p *pickyVisitor) Visit(d *directory) error {
	if d.name == p.refuse {
		return fmt.Errorf("%s was refused", d.name)
	}
	return nil
}

// Scrubber walks a tree with some goroutines.
type Scrubber struct {
	visitor Visitor
	slots   chan struct{}
	wg      sync.WaitGroup
	failed  chan error
}

// NewScrubber returns a scrubber that visits parallel directories at a time.
func NewScrubber(v Visitor, parallel int) *Scrubber {
	return &Scrubber{visitor: v, slots: make(chan struct{}, parallel), failed: make(chan error, 1)}
}

// Walk visits the tree and returns one of the errors.
func (s *Scrubber) Walk(root *directory) error {
	s.wg.Add(1)
	go s.walk(root)
	s.wg.Wait()
	select {
	case err := <-s.failed:
		return err
	default:
		return nil
	}
}

func (s *Scrubber) walk(d *directory) {
	defer s.wg.Done()
	for _, sub := range d.dirs {
		s.wg.Add(1)
		go s.walk(sub)
	}
	s.slots <- struct{}{}
	err := s.visitor.Visit(d)
	<-s.slots
	if err != nil {
		s.fail(err)
	}
}

func (s *Scrubber) fail(err error) {
	select {
	case s.failed <- err:
	default:
	}
}

func grow(name string, depth int) *directory {
	d := &directory{name: name, files: depth}
	for i := 0; depth > 0 && i < 3; i++ {
		d.dirs = append(d.dirs, grow(fmt.Sprintf("%s/%d", name, i), depth-1))
	}
	return d
}

// Run walks one tree twice.
func Run() {
	tree := grow("", 4)
	_ = NewScrubber(&countVisitor{}, 2).Walk(tree)
	_ = NewScrubber(&pickyVisitor{refuse: "/1"}, 2).Walk(tree)
}
