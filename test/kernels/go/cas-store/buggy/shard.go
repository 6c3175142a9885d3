package kernel

import (
	"hash/fnv"
	"sync"
)

type entry struct {
	value   string
	version int64
}

type shard struct {
	sync.Mutex
	entries map[string]*entry
	writes  int
}

type shardTable struct {
	shards []*shard
}

func newShardTable(n int) *shardTable {
	t := &shardTable{}
	for i := 0; i < n; i++ {
		t.shards = append(t.shards, &shard{entries: map[string]*entry{}})
	}
	return t
}

func (t *shardTable) acquire(key string) *shard {
	h := fnv.New32a()
	h.Write([]byte(key))
	s := t.shards[h.Sum32()%uint32(len(t.shards))]
	s.Lock()
	return s
}

func (t *shardTable) release(s *shard, dirty bool) {
	if dirty {
		s.writes++
	}
	s.Unlock()
}
