package kernel

import (
	"sync"
	"sync/atomic"
)

type table map[string][]string

type resolver struct {
	current atomic.Value
	writeMu sync.Mutex
	updates chan update
	done    chan struct{}
	onSwap  func(n int)
}

type update struct {
	name  string
	addrs []string
}

func newResolver(onSwap func(int)) *resolver {
	r := &resolver{updates: make(chan update), done: make(chan struct{})}
	r.current.Store(table{})
	r.onSwap = onSwap
	go r.loop()
	return r
}

func (r *resolver) loop() {
	defer close(r.done)
	for u := range r.updates {
		r.swap(u)
	}
}

func (r *resolver) swap(u update) {
	r.writeMu.Lock()
	defer r.writeMu.Unlock()
	old := r.current.Load().(table)
	next := make(table, len(old)+1)
	for k, v := range old {
		next[k] = v
	}
	next[u.name] = u.addrs
	r.current.Store(next)
	r.onSwap(len(next))
}

func (r *resolver) lookup(name string) []string {
	return r.current.Load().(table)[name]
}

func (r *resolver) close() {
	close(r.updates)
	<-r.done
}

// Run updates a resolver while names are looked up.
func Run() {
	var swaps int32
	r := newResolver(func(n int) { atomic.AddInt32(&swaps, 1) })
	var wg sync.WaitGroup
	for _, name := range []string{"web", "db", "mq"} {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for i := 0; i < 50; i++ {
				_ = len(r.lookup(name))
			}
		}()
		go func() {
			defer wg.Done()
			for i := 0; i < 20; i++ {
				r.updates <- update{name, []string{"10.0.0.1"}}
			}
		}()
	}
	wg.Wait()
	r.close()
	r.swap(update{"late", nil})
	_ = atomic.LoadInt32(&swaps)
}
