package kernel

import (
	"sync"
	"time"
)

type table struct {
	name    string
	catalog *catalog

	latch   sync.Mutex
	rows    [][]byte
	pending int
	version int
}

func (t *table) Name() string { return t.name }

func (t *table) Invalidate(version int) {
	t.latch.Lock()
	defer t.latch.Unlock()
	if version > t.version {
		t.version = version
	}
}

func (t *table) Rows() int {
	t.latch.Lock()
	defer t.latch.Unlock()
	return len(t.rows)
}

func (t *table) insert(row []byte) {
	t.latch.Lock()
	defer t.latch.Unlock()
	t.rows = append(t.rows, row)
	if t.pending++; t.pending >= 16 {
		t.analyze()
	}
}

func (t *table) analyze() {
	t.pending = 0
	sample(t.rows)
	if v := t.catalog.setStats(t.name, len(t.rows)); v > t.version {
		t.version = v
	}
	if len(t.rows) > 256 {
		t.rows = t.rows[:0]
	}
}

func sample(rows [][]byte) {
	time.Sleep(time.Duration(len(rows)) * time.Microsecond)
}

// Run alters tables while rows come in.
func Run() {
	c := newCatalog()
	tables := []*table{{name: "users", catalog: c}, {name: "orders", catalog: c}}
	for _, t := range tables {
		c.register(t)
	}
	var wg sync.WaitGroup
	for _, t := range tables {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for i := 0; i < 3000; i++ {
				t.insert([]byte{byte(i)})
			}
		}()
		go func() {
			defer wg.Done()
			for i := 0; i < 2000; i++ {
				if err := c.alter(t.Name(), func(int) {}); err != nil {
					return
				}
			}
		}()
	}
	wg.Wait()
}
