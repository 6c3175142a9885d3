package kernel

import "sync"

type rangeDesc struct {
	mu    sync.Mutex
	id    int
	keys  map[string]string
	store *store
}

type store struct {
	mu     sync.Mutex
	ranges map[int]*rangeDesc
	bytes  int
}

func (s *store) add(id int) *rangeDesc {
	r := &rangeDesc{id: id, keys: make(map[string]string), store: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ranges[id] = r
	return r
}

func (s *store) account(n int) {
	s.mu.Lock()
	s.bytes += n
	s.mu.Unlock()
}

func (s *store) snapshot() []*rangeDesc {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*rangeDesc, 0, len(s.ranges))
	for _, r := range s.ranges {
		out = append(out, r)
	}
	return out
}

func (r *rangeDesc) put(k, v string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys[k] = v
	r.store.account(len(v))
}

func (s *store) count() (n int) {
	for _, r := range s.snapshot() {
		r.mu.Lock()
		n += len(r.keys)
		r.mu.Unlock()
	}
	return n
}

func lockPair(a, b *rangeDesc) (unlock func()) {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

func move(from, to *rangeDesc, key string) {
	if from == to {
		return
	}
	unlock := lockPair(from, to)
	defer unlock()
	if v, ok := from.keys[key]; ok {
		to.keys[key] = v
		delete(from.keys, key)
	}
}

// Run moves keys in both directions while counting.
func Run() {
	s := &store{ranges: make(map[int]*rangeDesc)}
	a, b := s.add(1), s.add(2)
	a.put("k", "v")
	var wg sync.WaitGroup
	for _, job := range []func(){
		func() { move(a, b, "k") },
		func() { move(b, a, "k") },
		func() { _ = s.count() },
		func() { a.put("k2", "w") },
	} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 200; i++ {
				job()
			}
		}()
	}
	wg.Wait()
}
