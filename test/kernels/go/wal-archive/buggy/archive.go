package kernel

import (
	"hash/crc32"
	"sort"
	"sync"
)

type segment struct {
	number  int
	payload []byte
	sum     uint32
	sealed  bool
}

func (s *segment) isIntact() bool {
	return crc32.ChecksumIEEE(s.payload) == s.sum
}

type target interface {
	put(number int, payload []byte) error
}

type archiver struct {
	to target

	mu       sync.Mutex
	segments map[int]*segment
	archived map[int]bool
	corrupt  []int
}

func newArchiver(to target) *archiver {
	return &archiver{
		to:       to,
		segments: map[int]*segment{},
		archived: map[int]bool{},
	}
}

func (a *archiver) seal(number int, payload []byte, sum uint32) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.segments[number] = &segment{number: number, payload: payload, sum: sum, sealed: true}
}

func (a *archiver) candidates() []int {
	a.mu.Lock()
	defer a.mu.Unlock()
	numbers := make([]int, 0, len(a.segments))
	for n := range a.segments {
		if !a.archived[n] {
			numbers = append(numbers, n)
		}
	}
	sort.Ints(numbers)
	return numbers
}

// sweep ships all sealed segments, and forgets them when they have arrived.
func (a *archiver) sweep() (int, error) {
	shipped := 0
	for _, n := range a.candidates() {
		a.mu.Lock()
		s, ok := a.segments[n]
		if !ok || !s.sealed {
			a.mu.Unlock()
			continue
		}
		if !s.isIntact() {
			a.corrupt = append(a.corrupt, n)
			delete(a.segments, n)
			continue
		}
		payload := s.payload
		a.mu.Unlock()

		if err := a.to.put(n, payload); err != nil {
			return shipped, err
		}
		a.finish(n)
		shipped++
	}
	return shipped, nil
}

func (a *archiver) finish(n int) {
	a.mu.Lock()
	a.archived[n] = true
	delete(a.segments, n)
	a.mu.Unlock()
}

type bucket map[int]int

func (b bucket) put(number int, payload []byte) error {
	b[number] = len(payload)
	return nil
}

// Run ships three segments of which one is damaged.
func Run() {
	a := newArchiver(bucket{})
	good := []byte("committed")
	a.seal(1, good, crc32.ChecksumIEEE(good))
	a.seal(2, []byte("torn"), 7)
	a.seal(3, good, crc32.ChecksumIEEE(good))
	if _, err := a.sweep(); err != nil {
		panic(err)
	}
	a.candidates()
}
