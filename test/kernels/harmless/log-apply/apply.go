package kernel

import (
	"sync"
)

type ready struct {
	entries []int
}

type core struct {
	proposals chan int
	readyc    chan ready
	advance   chan int
	stop      chan struct{}
	done      chan struct{}

	unstable []int
	applied  int
}

func newCore() *core {
	return &core{
		proposals: make(chan int),
		readyc:    make(chan ready),
		advance:   make(chan int),
		stop:      make(chan struct{}),
		done:      make(chan struct{}),
	}
}

func (c *core) run() {
	defer close(c.done)
	var advance chan int
	for {
		var readyc chan ready
		var rd ready
		if advance == nil && len(c.unstable) > 0 {
			rd = ready{entries: append([]int(nil), c.unstable...)}
			readyc = c.readyc
		}
		select {
		case p := <-c.proposals:
			c.unstable = append(c.unstable, p)
		case readyc <- rd:
			advance = c.advance
		case n := <-advance:
			c.unstable = c.unstable[n:]
			c.applied += n
			advance = nil
		case <-c.stop:
			return
		}
	}
}

func (c *core) propose(v int) bool {
	select {
	case c.proposals <- v:
		return true
	case <-c.done:
		return false
	}
}

// Applier applies what the core says is ready, and proposes more of it.
type Applier struct {
	core  *core
	limit int
	done  chan struct{}

	mu    sync.Mutex
	state []int
}

func (a *Applier) run() {
	defer close(a.done)
	for {
		select {
		case rd := <-a.core.readyc:
			a.apply(rd.entries)
			for _, v := range rd.entries {
				if v < a.limit {
					a.core.propose(v * 10)
				}
			}
			select {
			case a.core.advance <- len(rd.entries):
			case <-a.core.done:
				return
			}
		case <-a.core.done:
			return
		}
	}
}

func (a *Applier) apply(entries []int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.state = append(a.state, entries...)
}

func (a *Applier) len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.state)
}

// Run proposes from three sides and stops.
func Run() {
	for round := 0; round < 5; round++ {
		c := newCore()
		a := &Applier{core: c, limit: 100, done: make(chan struct{})}
		go c.run()
		go a.run()
		var wg sync.WaitGroup
		for i := 1; i <= 3; i++ {
			wg.Add(1)
			go func(i int) {
				defer wg.Done()
				for j := 0; j < 20; j++ {
					c.propose(i + j)
				}
			}(i)
		}
		wg.Wait()
		_ = a.len()
		close(c.stop)
		<-a.done
	}
}
