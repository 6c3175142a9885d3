package kernel

import (
	"hash/fnv"
	"strconv"
	"sync"
)

type shard struct {
	mu     sync.Mutex
	counts map[string]int
}

func (s *shard) add(key string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[key] += n
}

func (s *shard) sum() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	total := 0
	for _, n := range s.counts {
		total += n
	}
	return total
}

// Visits counts visits by page.
type Visits struct {
	shards []shard
}

// NewVisits returns a counter of so many shards.
func NewVisits(shards int) *Visits {
	v := &Visits{shards: make([]shard, shards)}
	for i := range v.shards {
		v.shards[i].counts = make(map[string]int)
	}
	return v
}

func (v *Visits) at(page string) *shard {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(page))
	return &v.shards[int(hash.Sum32()%uint32(len(v.shards)))]
}

// Visit counts a visit.
func (v *Visits) Visit(page string) {
	v.at(page).add(page, 1)
}

// Total counts all visits.
func (v *Visits) Total() int {
	total := 0
	for i := range v.shards {
		total += v.shards[i].sum()
	}
	return total
}

// Run counts visits from several sides.
func Run() {
	visits := NewVisits(2)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for n := 0; n < 300; n++ {
				visits.Visit("/page/" + strconv.Itoa((n+i)%7))
			}
		}(i)
	}
	for i := 0; i < 50; i++ {
		_ = visits.Total()
	}
	wg.Wait()
}
