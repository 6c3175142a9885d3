package kernel

import (
	"errors"
	"sync"
)

// Entry is one line of an audit trail.
type Entry struct {
	Actor  string
	Action string
}

// Archive keeps entries for ever.
type Archive interface {
	Append(entries []Entry) error
}

// Trail collects entries and archives them in the background.
type Trail struct {
	archive Archive
	size    int

	entries  chan Entry
	failures chan error
	quit     chan struct{}
	once     sync.Once
	done     sync.WaitGroup
}

// NewTrail starts a trail that archives so many entries at once.
func NewTrail(archive Archive, size int) *Trail {
	t := &Trail{
		archive:  archive,
		size:     size,
		entries:  make(chan Entry, size),
		failures: make(chan error),
		quit:     make(chan struct{}),
	}
	t.done.Add(1)
	go t.collect()
	return t
}

func (t *Trail) collect() {
	defer t.done.Done()
	var batch []Entry
	for {
		select {
		case entry := <-t.entries:
			if batch = append(batch, entry); len(batch) == t.size {
				t.flush(batch)
				batch = nil
			}
		case <-t.quit:
			t.flush(batch)
			return
		}
	}
}

func (t *Trail) flush(batch []Entry) {
	if len(batch) == 0 {
		return
	}
	if err := t.archive.Append(batch); err != nil {
		t.report(err)
	}
}

func (t *Trail) report(err error) {
	t.failures <- err
}

// Note adds an entry; it is false when the trail is closed.
func (t *Trail) Note(actor, action string) bool {
	select {
	case t.entries <- Entry{actor, action}:
		return true
	case <-t.quit:
		return false
	}
}

// Close archives what is left.
func (t *Trail) Close() {
	t.once.Do(func() { close(t.quit) })
	t.done.Wait()
}

type smallArchive struct{ room int }

func (a *smallArchive) Append(entries []Entry) error {
	if a.room -= len(entries); a.room < 0 {
		return errors.New("archive is full")
	}
	return nil
}

// Run notes more than there is room for.
func Run() {
	trail := NewTrail(&smallArchive{room: 6}, 2)
	for _, action := range []string{"login", "read", "write", "print", "read", "write", "delete", "logout"} {
		if !trail.Note("ann", action) {
			break
		}
	}
	trail.Close()
}
