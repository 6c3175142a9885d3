package kernel

import (
	"fmt"
	"sync"
)

// Record is one line of an index.
type Record struct {
	Key  string
	Size int
}

// Shard holds the records of a range of keys.
type Shard struct {
	name    string
	records []Record
	total   int
}

// Compact adds up the sizes of the shard.
func (s *Shard) Compact() {
	sum := 0
	for _, record := range s.records {
		sum += record.Size
	}
	s.total += sum
}

// Index is split into shards.
type Index struct {
	shards []*Shard
}

// NewIndex makes an index with some records in each of n shards.
func NewIndex(n int) *Index {
	index := &Index{}
	for i := 0; i < n; i++ {
		shard := &Shard{name: fmt.Sprintf("shard-%d", i)}
		for j := 0; j < 100; j++ {
			shard.records = append(shard.records, Record{Key: fmt.Sprint(j), Size: j})
		}
		index.shards = append(index.shards, shard)
	}
	return index
}

// CompactAll compacts every shard in a goroutine of its own, and waits for them.
func (x *Index) CompactAll() int {
	var pending sync.WaitGroup
	for _, shard := range x.shards {
		shard := shard
		pending.Add(1)
		go func() {
			defer pending.Done()
			shard.Compact()
		}()
	}
	pending.Wait()
	total := 0
	for _, shard := range x.shards {
		total += shard.total
	}
	return total
}

// Run compacts an index.
func Run() {
	index := NewIndex(16)
	_ = index.CompactAll()
}
