package kernel

import (
	"errors"
	"io"
	"sync"
	"time"
)

type frame struct {
	stream uint32
	data   []byte
	end    bool
}

type framer struct {
	w io.Writer
}

func (f *framer) write(fr *frame) error {
	_, err := f.w.Write(fr.data)
	return err
}

type transport struct {
	framer  *framer
	control chan *frame
	stop    chan struct{}
	dead    chan struct{}

	mu      sync.Mutex
	err     error
	streams map[uint32]*stream
}

func newTransport(w io.Writer) *transport {
	t := &transport{
		framer:  &framer{w},
		control: make(chan *frame),
		stop:    make(chan struct{}),
		dead:    make(chan struct{}),
		streams: make(map[uint32]*stream),
	}
	go t.loopy()
	return t
}

func (t *transport) loopy() {
	defer close(t.dead)
	for {
		select {
		case fr := <-t.control:
			if err := t.framer.write(fr); err != nil {
				t.fail(err)
				return
			}
		case <-t.stop:
			return
		}
	}
}

func (t *transport) fail(err error) {
	t.mu.Lock()
	t.err = err
	t.streams = nil
	t.mu.Unlock()
}

func (t *transport) put(fr *frame) error {
	t.mu.Lock()
	err := t.err
	t.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case t.control <- fr:
		return nil
	case <-t.dead:
		return io.ErrClosedPipe
	}
}

func (t *transport) open(id uint32) *stream {
	s := &stream{id: id, t: t}
	t.mu.Lock()
	if t.streams != nil {
		t.streams[id] = s
	}
	t.mu.Unlock()
	return s
}

type stream struct {
	id uint32
	t  *transport
}

func (s *stream) sendAll(chunks ...string) error {
	for i, c := range chunks {
		fr := &frame{stream: s.id, data: []byte(c), end: i == len(chunks)-1}
		if err := s.t.put(fr); err != nil {
			return err
		}
	}
	return nil
}

type brokenPipe struct {
	left int
}

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errors.New("broken pipe")
	}
	b.left--
	time.Sleep(time.Millisecond)
	return len(p), nil
}

// Run sends on a few streams over a pipe that breaks.
func Run() {
	t := newTransport(&brokenPipe{left: 5})
	defer close(t.stop)
	var wg sync.WaitGroup
	for id := uint32(1); id < 9; id += 2 {
		s := t.open(id)
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = s.sendAll("header", "body", "trailer")
		}()
	}
	wg.Wait()
}
