package kernel

import (
	"fmt"
	"sync"
	"time"
)

type router struct {
	peers *peerSet

	tableMu sync.RWMutex
	routes  map[string]string
	changes int
}

func newRouter(p *peerSet) *router {
	r := &router{peers: p, routes: make(map[string]string)}
	p.listen(r.peerChanged)
	return r
}

func (r *router) peerChanged(kind eventKind, addr string) {
	r.tableMu.Lock()
	defer r.tableMu.Unlock()
	r.changes++
	if kind == peerDown {
		for prefix, via := range r.routes {
			if via == addr {
				delete(r.routes, prefix)
			}
		}
	}
}

// refresh spreads the prefixes over the best peers.
func (r *router) refresh(prefixes []string) {
	r.tableMu.Lock()
	defer r.tableMu.Unlock()
	r.expire()
	best := r.peers.best(2)
	for i, p := range prefixes {
		if len(best) > 0 {
			r.routes[p] = best[i%len(best)]
		}
	}
}

func (r *router) expire() {
	for p, via := range r.routes {
		if via == "" {
			delete(r.routes, p)
		}
	}
	time.Sleep(10 * time.Microsecond)
}

// Run refreshes routes while peers come and go.
func Run() {
	p := newPeerSet()
	r := newRouter(p)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := 0; i < 1000; i++ {
			p.up(fmt.Sprint("10.0.0.", i%9), i)
			p.down(fmt.Sprint("10.0.0.", (i+4)%9))
		}
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 200; i++ {
			r.refresh([]string{"10.1/16", "10.2/16", "10.3/16"})
		}
	}()
	wg.Wait()
}
