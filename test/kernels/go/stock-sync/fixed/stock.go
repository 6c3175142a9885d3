package kernel

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Item is something in stock.
type Item struct {
	SKU     string
	Count   int
	Version int
}

// Remote is the system that knows better.
type Remote interface {
	Fetch(ctx context.Context, sku string) (Item, error)
}

// ErrOutdated is returned by a remote that is behind.
var ErrOutdated = errors.New("remote is outdated")

// Stock is kept in step with a remote.
type Stock struct {
	remote Remote

	mu      sync.Mutex
	items   map[string]*Item
	pending []string
	stale   int
}

// NewStock returns a stock of some items.
func NewStock(remote Remote, skus ...string) *Stock {
	s := &Stock{remote: remote, items: make(map[string]*Item)}
	for _, sku := range skus {
		s.items[sku] = &Item{SKU: sku}
	}
	return s
}

// Invalidate marks an item for the next sync.
func (s *Stock) Invalidate(sku string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = append(s.pending, sku)
}

// Sync gets all marked items.
func (s *Stock) Sync(ctx context.Context) error {
	s.mu.Lock()
	skus := s.pending
	s.pending = nil
	s.mu.Unlock()

	var failure error
	for _, sku := range skus {
		item, err := s.remote.Fetch(ctx, sku)
		if err != nil {
			failure = fmt.Errorf("item %s: %w", sku, err)
			break
		}
		s.mu.Lock()
		known, ok := s.items[sku]
		if !ok {
			s.mu.Unlock()
			continue
		}
		if item.Version < known.Version {
			s.stale++
			failure = ErrOutdated
			s.mu.Unlock()
			break
		}
		*known = item
		s.mu.Unlock()
	}
	return failure
}

// Count tells how many there are.
func (s *Stock) Count(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if item, ok := s.items[sku]; ok {
		return item.Count
	}
	return 0
}

type replica struct{ version int }

func (r *replica) Fetch(_ context.Context, sku string) (Item, error) {
	return Item{SKU: sku, Count: 3, Version: r.version}, nil
}

// Run syncs with a remote that falls behind.
func Run() {
	remote := &replica{version: 7}
	stock := NewStock(remote, "lamp", "desk")
	stock.Invalidate("lamp")
	stock.Invalidate("sofa")
	_ = stock.Sync(context.Background())
	remote.version = 6
	stock.Invalidate("desk")
	stock.Invalidate("lamp")
	_ = stock.Sync(context.Background())
	_ = stock.Count("lamp")
}
