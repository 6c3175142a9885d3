package kernel

import (
	"context"
	"sync"
	"time"
)

type pageID uint64

type page struct {
	id   pageID
	data []byte
}

type disk interface {
	read(ctx context.Context, id pageID) ([]byte, error)
}

type prefetcher struct {
	disk  disk
	limit chan struct{}
	group sync.WaitGroup
	pages chan page
}

func newPrefetcher(d disk, parallel int) *prefetcher {
	return &prefetcher{
		disk:  d,
		limit: make(chan struct{}, parallel),
		pages: make(chan page, parallel),
	}
}

func (p *prefetcher) load(ctx context.Context, id pageID) {
	p.group.Add(1)
	defer p.group.Done()
	p.limit <- struct{}{}
	defer func() { <-p.limit }()
	data, err := p.disk.read(ctx, id)
	if err != nil {
		return
	}
	p.pages <- page{id, data}
}

// stream gives the pages as they come.
func (p *prefetcher) stream(ctx context.Context, ids ...pageID) <-chan page {
	for _, id := range ids {
		go p.load(ctx, id)
	}
	go p.finish()
	return p.pages
}

func (p *prefetcher) finish() {
	p.group.Wait()
	close(p.pages)
}

type slowDisk struct {
	latency time.Duration
}

func (s slowDisk) read(ctx context.Context, id pageID) ([]byte, error) {
	select {
	case <-time.After(s.latency):
		return []byte{byte(id)}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type pool struct {
	frames map[pageID][]byte
}

func (b *pool) warm(ctx context.Context, d disk, ids ...pageID) int {
	loaded := 0
	for pg := range newPrefetcher(d, 2).stream(ctx, ids...) {
		b.frames[pg.id] = pg.data
		loaded++
	}
	return loaded
}

// Run warms a pool over and over.
func Run() {
	ctx := context.Background()
	for i := 0; i < 200; i++ {
		b := &pool{frames: make(map[pageID][]byte)}
		b.warm(ctx, slowDisk{10 * time.Microsecond}, 1, 2, 3)
	}
	time.Sleep(5 * time.Millisecond)
}
