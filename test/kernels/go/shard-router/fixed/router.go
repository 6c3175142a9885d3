package kernel

import (
	"hash/fnv"
	"sync"
)

type request struct {
	key   string
	value []byte
}

type router struct {
	mu       sync.Mutex
	shards   []*shard
	inFlight map[string]int
	routed   int
	wg       sync.WaitGroup
}

func newRouter(n int) *router {
	r := &router{inFlight: make(map[string]int)}
	for i := 0; i < n; i++ {
		s := &shard{id: i, inbox: make(chan request), done: r.settled}
		r.shards = append(r.shards, s)
		r.wg.Add(1)
		go func() {
			defer r.wg.Done()
			s.serve()
		}()
	}
	return r
}

func (r *router) pick(key string) *shard {
	h := fnv.New32a()
	h.Write([]byte(key))
	return r.shards[int(h.Sum32())%len(r.shards)]
}

// route hands the request to the shard of its key.
func (r *router) route(q request) {
	r.mu.Lock()
	r.inFlight[q.key]++
	r.routed++
	r.mu.Unlock()
	r.pick(q.key).submit(q)
}

func (r *router) settled(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.inFlight[key]--; r.inFlight[key] == 0 {
		delete(r.inFlight, key)
	}
}

func (r *router) stop() {
	for _, s := range r.shards {
		close(s.inbox)
	}
	r.wg.Wait()
}
