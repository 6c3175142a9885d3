package kernel

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

type memWire struct {
	out chan frame
	due sync.WaitGroup
}

func newMemWire() *memWire { return &memWire{out: make(chan frame, 16)} }

func (m *memWire) send(f frame) error {
	if f.body == "" {
		return errors.New("empty frame")
	}
	m.due.Add(1)
	time.AfterFunc(time.Duration(len(f.body))*5*time.Millisecond, func() {
		defer m.due.Done()
		m.out <- frame{id: f.id, body: strings.ToUpper(f.body)}
	})
	return nil
}

func (m *memWire) recv() (frame, bool) {
	f, ok := <-m.out
	return f, ok
}

func (m *memWire) hangup() {
	m.due.Wait()
	close(m.out)
}

// Run makes a quick call and one that runs out of time as its answer arrives.
func Run() {
	w := newMemWire()
	c := dial(w)
	_, _ = c.call(context.Background(), "hi")
	for i := 0; i < 3; i++ {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(30*time.Millisecond, cancel)
		_, _ = c.call(ctx, "longer request")
	}
	w.hangup()
}
