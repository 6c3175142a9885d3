package kernel

import "sync"

type indexer struct {
	hub  *feedHub
	mu   sync.Mutex
	rows map[string]int
}

func newIndexer(h *feedHub) *indexer {
	return &indexer{hub: h, rows: map[string]int{}}
}

func (ix *indexer) follow(tablet string) {
	go ix.consume(ix.hub.open(tablet))
}

func (ix *indexer) consume(feed <-chan mutation) {
	for m := range feed {
		ix.mu.Lock()
		ix.rows[m.tablet]++
		ix.mu.Unlock()
	}
}

// Run indexes two tablets, one of which is split.
func Run() {
	hub := newFeedHub(withDepth(4))
	ix := newIndexer(hub)
	ix.follow("t1")
	ix.follow("t2")
	hub.publish(mutation{"t1", "a"})
	hub.publish(mutation{"t2", "b"})
	hub.split("t1", "t1a", "t1b")
	ix.follow("t1a")
	hub.publish(mutation{"t1a", "c"})
	hub.stop()
}
