package kernel

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Source yields the size of an image.
type Source interface {
	Size(ctx context.Context, image string) (int64, error)
}

// Catalog remembers the sizes of images.
type Catalog struct {
	mu      sync.Mutex
	sizes   map[string]int64
	failed  []string
	source  Source
	updated time.Time
}

// NewCatalog returns an empty catalog.
func NewCatalog(source Source) *Catalog {
	return &Catalog{sizes: make(map[string]int64), source: source}
}

func (c *Catalog) store(image string, size int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sizes[image] = size
}

func (c *Catalog) inspect(ctx context.Context, image string) error {
	size, err := c.source.Size(ctx, image)
	if err != nil {
		return fmt.Errorf("size of %s: %w", image, err)
	}
	c.store(image, size)
	return nil
}

// Refresh asks for the sizes of all images at once.
func (c *Catalog) Refresh(ctx context.Context, images []string) int {
	c.mu.Lock()
	c.updated = time.Now()
	c.mu.Unlock()
	results := make(chan error)
	for _, image := range images {
		go func(image string) {
			results <- c.inspect(ctx, image)
		}(image)
	}
	failures := 0
	for range images {
		if err := <-results; err != nil {
			failures++
			c.mu.Lock()
			c.failed = append(c.failed, err.Error())
			c.mu.Unlock()
		}
	}
	return failures
}

type fixedSize int64

func (f fixedSize) Size(context.Context, string) (int64, error) { return int64(f), nil }

// Run refreshes a catalog of two images.
func Run() {
	catalog := NewCatalog(fixedSize(12))
	_ = catalog.Refresh(context.Background(), []string{"base", "tools"})
}
