package kernel

import (
	"errors"
	"fmt"
	"sync"
)

var errMissing = errors.New("manifest is missing")

// Manifest lists the layers of an image.
type Manifest struct {
	Image  string
	Layers []string
}

// Registry has manifests and layers.
type Registry interface {
	Manifest(image string) (*Manifest, error)
	HasLayer(digest string) (bool, error)
}

type mapRegistry struct {
	images map[string][]string
	broken map[string]bool
}

func (m *mapRegistry) Manifest(image string) (*Manifest, error) {
	layers, ok := m.images[image]
	if !ok {
		return nil, errMissing
	}
	return &Manifest{Image: image, Layers: layers}, nil
}

func (m *mapRegistry) HasLayer(digest string) (bool, error) {
	if m.broken[digest] {
		return false, fmt.Errorf("layer %s is broken", digest)
	}
	return len(digest)%2 == 0, nil
}

// Prefetcher finds out which layers still have to come.
type Prefetcher struct {
	registry Registry

	mu      sync.Mutex
	missing map[string]struct{}
}

// NewPrefetcher returns a prefetcher for a registry.
func NewPrefetcher(r Registry) *Prefetcher {
	return &Prefetcher{registry: r, missing: make(map[string]struct{})}
}

func (p *Prefetcher) note(digest string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.missing[digest] = struct{}{}
}

// Plan looks at the layers of an image side by side.
func (p *Prefetcher) Plan(image string) (int, error) {
	manifest, err := p.registry.Manifest(image)
	if err != nil {
		return 0, err
	}
	var wg sync.WaitGroup
	failures := make(chan error, len(manifest.Layers))
	for _, layer := range manifest.Layers {
		wg.Add(1)
		go func(digest string) {
			defer wg.Done()
			have, err := p.registry.HasLayer(digest)
			if err != nil {
				failures <- err
				return
			}
			if !have {
				p.note(digest)
			}
		}(layer)
	}
	wg.Wait()
	close(failures)
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.missing), <-failures
}

// Run plans for three images.
func Run() {
	r := &mapRegistry{
		images: map[string][]string{
			"alpha": {"a1", "a22", "a333"},
			"beta":  {"b1", "b22", "b333", "b4444"},
		},
		broken: map[string]bool{"b22": true},
	}
	p := NewPrefetcher(r)
	for _, image := range []string{"alpha", "beta", "gamma"} {
		_, _ = p.Plan(image)
	}
}
