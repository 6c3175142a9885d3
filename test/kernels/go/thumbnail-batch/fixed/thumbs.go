package kernel

import (
	"errors"
	"path"
	"sync"
)

// ErrFormat is returned for files that are no pictures.
var ErrFormat = errors.New("unknown format")

// Picture is a file with a size.
type Picture struct {
	Path          string
	Width, Height int
}

// Scaler makes pictures smaller.
type Scaler interface {
	Scale(p Picture, width int) (Picture, error)
}

// Batch makes thumbnails of many pictures.
type Batch struct {
	scaler Scaler
	width  int
	slots  chan struct{}

	wg     sync.WaitGroup
	mu     sync.Mutex
	thumbs map[string]Picture
	failed []string
}

// NewBatch returns a batch that works on so many pictures at a time.
func NewBatch(scaler Scaler, width, parallel int) *Batch {
	return &Batch{
		scaler: scaler,
		width:  width,
		slots:  make(chan struct{}, parallel),
		thumbs: make(map[string]Picture),
	}
}

// Add starts on a picture.
func (b *Batch) Add(p Picture) {
	b.wg.Add(1)
	go func() {
		b.slots <- struct{}{}
		defer func() { <-b.slots }()
		b.process(p)
	}()
}

func (b *Batch) process(p Picture) {
	defer b.wg.Done()
	thumb, err := b.scaler.Scale(p, b.width)
	if err != nil {
		b.fail(p)
		return
	}
	b.mu.Lock()
	b.thumbs[p.Path] = thumb
	b.mu.Unlock()
}

func (b *Batch) fail(p Picture) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failed = append(b.failed, p.Path)
}

// Finish waits for all pictures.
func (b *Batch) Finish() (thumbs map[string]Picture, failed []string) {
	b.wg.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.thumbs, b.failed
}

type byRatio struct{}

func (byRatio) Scale(p Picture, width int) (Picture, error) {
	switch path.Ext(p.Path) {
	case ".png", ".jpg":
	default:
		return Picture{}, ErrFormat
	}
	if p.Width == 0 {
		return Picture{}, errors.New("picture is empty")
	}
	return Picture{Path: "thumb/" + p.Path, Width: width, Height: p.Height * width / p.Width}, nil
}

// Run makes thumbnails of a folder.
func Run() {
	batch := NewBatch(byRatio{}, 64, 2)
	for _, name := range []string{"cat.png", "dog.jpg", "notes.txt", "sea.png"} {
		batch.Add(Picture{Path: name, Width: 640, Height: 480})
	}
	_, _ = batch.Finish()
}
