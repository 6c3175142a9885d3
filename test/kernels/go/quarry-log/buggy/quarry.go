package kernel

import (
	"sync"
	"time"
)

type blast struct {
	site string
	kg   int
}

type logger func(format string, args ...any)

type quarry struct {
	log    logger
	blasts chan blast
	wg     sync.WaitGroup
	fuse   time.Duration
}

func openQuarry(log logger, fuse time.Duration) *quarry {
	q := &quarry{log: log, blasts: make(chan blast, 4), fuse: fuse}
	q.wg.Add(1)
	go q.crew()
	return q
}

func (q *quarry) crew() {
	defer q.wg.Done()
	for b := range q.blasts {
		time.Sleep(q.fuse)
		q.log("blasted %d kg at %s", b.kg, b.site)
	}
}

func (q *quarry) blast(site string, kg int) { q.blasts <- blast{site, kg} }

func (q *quarry) close() {
	close(q.blasts)
}

func (q *quarry) wait() { q.wg.Wait() }
