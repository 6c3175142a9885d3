package kernel

import (
	"errors"
	"fmt"
)

var (
	errMismatch = errors.New("version mismatch")
	errTooLarge = errors.New("value too large")
)

type store struct {
	table   *shardTable
	limit   int
	onWrite func(key string, version int64)
}

func newStore(limit int) *store {
	return &store{table: newShardTable(2), limit: limit, onWrite: func(string, int64) {}}
}

func (s *store) get(key string) (string, int64) {
	sh := s.table.acquire(key)
	defer s.table.release(sh, false)
	if e, ok := sh.entries[key]; ok {
		return e.value, e.version
	}
	return "", 0
}

func (s *store) compareAndSwap(key, value string, version int64) (int64, error) {
	sh := s.table.acquire(key)
	e, ok := sh.entries[key]
	switch {
	case !ok:
		e = &entry{}
		sh.entries[key] = e
	case e.version != version:
		s.table.release(sh, false)
		return e.version, errMismatch
	case len(value) > s.limit:
		s.table.release(sh, false)
		return 0, fmt.Errorf("swap %s: %w", key, errTooLarge)
	}
	e.value = value
	e.version++
	next := e.version
	s.table.release(sh, true)
	s.onWrite(key, next)
	return next, nil
}

// Run swaps a few values and reads them back.
func Run() {
	s := newStore(8)
	v, err := s.compareAndSwap("k", "one", 0)
	if err != nil {
		return
	}
	if _, err = s.compareAndSwap("k", "two", v+5); !errors.Is(err, errMismatch) {
		return
	}
	_, err = s.compareAndSwap("k", "far too long a value", v)
	if errors.Is(err, errTooLarge) {
		_, _ = s.get("k")
	}
}
