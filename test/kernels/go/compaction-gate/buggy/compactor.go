package kernel

import (
	"sync"
	"time"
)

type level struct {
	files int
	bytes int64
}

type compactorOptions struct {
	Interval time.Duration
	MaxFiles int
}

type compactor struct {
	opts compactorOptions

	mu      sync.Mutex
	levels  []level
	running bool
	quit    chan struct{}
	exited  chan struct{}
	runs    int
}

func newCompactor(opts compactorOptions) *compactor {
	if opts.MaxFiles == 0 {
		opts.MaxFiles = 4
	}
	return &compactor{opts: opts, levels: make([]level, 3)}
}

func (c *compactor) start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		return
	}
	c.running = true
	c.quit, c.exited = make(chan struct{}), make(chan struct{})
	go c.loop(c.quit, c.exited)
}

func (c *compactor) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.running {
		return
	}
	c.running = false
	c.halt()
}

func (c *compactor) halt() {
	close(c.quit)
	<-c.exited
}

func (c *compactor) loop(quit <-chan struct{}, exited chan<- struct{}) {
	defer close(exited)
	t := time.NewTicker(c.opts.Interval)
	defer t.Stop()
	for {
		select {
		case <-quit:
			return
		case <-t.C:
			for i := range c.levels {
				c.compact(i)
			}
		}
	}
}

func (c *compactor) compact(i int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := &c.levels[i]
	if l.files < c.opts.MaxFiles {
		return
	}
	if i+1 < len(c.levels) {
		c.levels[i+1].files++
		c.levels[i+1].bytes += l.bytes
	}
	*l = level{}
	c.runs++
	merge(l)
}

func merge(*level) { time.Sleep(200 * time.Microsecond) }

func (c *compactor) ingest(bytes int64) {
	c.mu.Lock()
	c.levels[0].files++
	c.levels[0].bytes += bytes
	c.mu.Unlock()
}

// Run starts and stops the compactor while files come in.
func Run() {
	c := newCompactor(compactorOptions{Interval: 100 * time.Microsecond, MaxFiles: 1})
	for i := 0; i < 15; i++ {
		c.start()
		for j := 0; j < 8; j++ {
			c.ingest(1 << 10)
			time.Sleep(30 * time.Microsecond)
		}
		c.stop()
	}
}
