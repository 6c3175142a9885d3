package kernel

import (
	"errors"
	"sync"
	"time"
)

// Frame is one picture of a camera.
type Frame struct {
	Number int
	Pixels []byte
}

// Camera takes pictures.
type Camera interface {
	Grab() (Frame, error)
}

// Feed passes the pictures of a camera on.
type Feed struct {
	camera Camera
	frames chan Frame

	mu   sync.Mutex
	err  error
	quit chan struct{}
	once sync.Once
	wg   sync.WaitGroup
}

// Watch starts a feed.
func Watch(camera Camera) *Feed {
	f := &Feed{camera: camera, frames: make(chan Frame, 4), quit: make(chan struct{})}
	f.wg.Add(2)
	go f.grab()
	go f.blink()
	return f
}

func (f *Feed) grab() {
	defer f.wg.Done()
	defer close(f.frames)
	for {
		frame, err := f.camera.Grab()
		if err != nil {
			f.fail(err)
			return
		}
		select {
		case f.frames <- frame:
		case <-f.quit:
			return
		}
	}
}

func (f *Feed) blink() {
	defer f.wg.Done()
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-f.quit:
			return
		}
	}
}

func (f *Feed) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
	}
	f.end()
}

func (f *Feed) end() { f.once.Do(func() { close(f.quit) }) }

// Frames is where pictures arrive.
func (f *Feed) Frames() <-chan Frame { return f.frames }

// Err tells why the feed has ended.
func (f *Feed) Err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// Stop ends the feed.
func (f *Feed) Stop() error {
	f.end()
	f.wg.Wait()
	return f.Err()
}

type webcam struct{ left int }

func (w *webcam) Grab() (Frame, error) {
	if w.left == 0 {
		return Frame{}, errors.New("cable is out")
	}
	w.left--
	return Frame{Number: w.left}, nil
}

// Run watches a camera until it fails.
func Run() {
	feed := Watch(&webcam{left: 3})
	for frame := range feed.Frames() {
		_ = frame.Number
	}
	_ = feed.Stop()
}
