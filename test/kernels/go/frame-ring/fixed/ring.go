package kernel

import (
	"errors"
	"sync"
	"time"
)

// ErrClosed is returned when a ring was closed.
var ErrClosed = errors.New("ring closed")

// Frame is one picture.
type Frame struct{ Index int }

// Ring keeps the newest frames for readers that wait.
type Ring struct {
	mu     sync.Mutex
	filled *sync.Cond
	frames []Frame
	size   int
	closed bool
}

// NewRing returns a ring for so many frames.
func NewRing(size int) *Ring {
	r := &Ring{size: size}
	r.filled = sync.NewCond(&r.mu)
	return r
}

// Push adds a frame and drops the oldest one if there is no room.
func (r *Ring) Push(f Frame) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return ErrClosed
	}
	if len(r.frames) == r.size {
		r.frames = r.frames[1:]
	}
	r.frames = append(r.frames, f)
	r.filled.Signal()
	return nil
}

// Next waits for a frame.
func (r *Ring) Next() (Frame, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.frames) == 0 && !r.closed {
		r.filled.Wait()
	}
	if len(r.frames) == 0 {
		return Frame{}, ErrClosed
	}
	f := r.frames[0]
	r.frames = r.frames[1:]
	return f, nil
}

// Close lets readers take what is left, and then ends them.
func (r *Ring) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.filled.Broadcast()
}

// Viewer shows frames of a ring.
type Viewer struct {
	ring  *Ring
	shown int
	done  sync.WaitGroup
}

// Watch starts to show.
func (v *Viewer) Watch() {
	v.done.Add(1)
	go func() {
		defer v.done.Done()
		for {
			if _, err := v.ring.Next(); err != nil {
				return
			}
			v.shown++
		}
	}()
}

// Run shows some frames.
func Run() {
	ring := NewRing(4)
	viewer := &Viewer{ring: ring}
	viewer.Watch()
	for i := 0; i < 10; i++ {
		_ = ring.Push(Frame{Index: i})
	}
	time.Sleep(2 * time.Millisecond)
	ring.Close()
	viewer.done.Wait()
}
