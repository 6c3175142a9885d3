package kernel

type shard struct {
	id    int
	inbox chan request
	done  func(key string)
	bytes int
}

func (s *shard) submit(q request) {
	s.inbox <- q
}

func (s *shard) serve() {
	for q := range s.inbox {
		s.store(q)
		if s.done != nil {
			s.done(q.key)
		}
	}
}

func (s *shard) store(q request) {
	s.bytes += len(q.value)
}

// Run routes some hundred requests.
func Run() {
	r := newRouter(2)
	keys := []string{"alpha", "beta", "gamma", "delta"}
	for i := 0; i < 400; i++ {
		r.route(request{keys[i%len(keys)], []byte{1, 2, 3}})
	}
	r.stop()
}
