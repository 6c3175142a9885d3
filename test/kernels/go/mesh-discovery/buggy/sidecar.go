package kernel

import "sync"

type cluster struct {
	endpoints []instance
	stale     bool
}

type sidecar struct {
	id  string
	cat *catalog

	lk       sync.Mutex
	clusters map[string]*cluster
	version  int
}

func newSidecar(id string, cat *catalog, wants ...string) *sidecar {
	s := &sidecar{id: id, cat: cat, clusters: make(map[string]*cluster)}
	for _, w := range wants {
		s.clusters[w] = &cluster{stale: true}
	}
	cat.join(s)
	return s
}

func (s *sidecar) invalidate(name string) {
	s.lk.Lock()
	defer s.lk.Unlock()
	if c := s.clusters[name]; c != nil {
		c.stale = true
	}
}

func (s *sidecar) sync() int {
	s.lk.Lock()
	defer s.lk.Unlock()
	for name, c := range s.clusters {
		if c.stale {
			s.rebuild(name, c)
		}
	}
	return s.version
}

func (s *sidecar) rebuild(name string, c *cluster) {
	c.endpoints = s.cat.lookup(name)
	c.stale = false
	s.version++
}

// Run updates services while a sidecar syncs.
func Run() {
	cat := &catalog{services: make(map[string][]instance)}
	s := newSidecar("reviews-v1", cat, "ratings", "details")
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := 0; i < 30000; i++ {
			cat.setInstances("ratings", []instance{{"10.0.0.1", i}})
		}
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 30000; i++ {
			s.sync()
		}
	}()
	wg.Wait()
}
