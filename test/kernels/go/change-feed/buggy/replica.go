package kernel

type replica struct {
	feed    *feed
	applied uint64
	target  uint64
}

func (r *replica) follow() {
	s := r.feed.subscribe(func(c change) bool { return c.table != "internal" })
	defer s.unsubscribe()
	for c := range s.events {
		r.applied = c.seq
		if r.isCaughtUp() {
			return
		}
	}
}

func (r *replica) isCaughtUp() bool { return r.applied >= r.target }

// Run publishes more changes than a replica waits for.
func Run() {
	f := newFeed()
	finished := make(chan struct{})
	r := &replica{feed: f, target: 10}
	go func() {
		r.follow()
		close(finished)
	}()
	for seq := uint64(1); ; seq++ {
		f.publish("users", seq)
		f.publish("internal", seq)
		select {
		case <-finished:
			return
		default:
		}
	}
}
