package kernel

import (
	"errors"
	"fmt"
	"sync"
)

type loader interface {
	Load(version int) ([]string, error)
}

type fakeLoader struct {
	fail map[int]bool
}

func (f *fakeLoader) Load(v int) ([]string, error) {
	if f.fail[v] {
		return nil, errors.New("schema file is damaged")
	}
	return []string{fmt.Sprintf("table_%d", v)}, nil
}

type pendingLoad struct {
	ready  chan struct{}
	tables []string
	err    error
}

type schemaCache struct {
	loader loader

	mu      sync.Mutex
	loading map[int]*pendingLoad
}

func newSchemaCache(l loader) *schemaCache {
	return &schemaCache{loader: l, loading: make(map[int]*pendingLoad)}
}

func (c *schemaCache) acquire(v int) *pendingLoad {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.loading[v]; ok {
		return p
	}
	p := &pendingLoad{ready: make(chan struct{})}
	c.loading[v] = p
	go c.fill(v, p)
	return p
}

func (c *schemaCache) fill(v int, p *pendingLoad) {
	defer close(p.ready)
	tables, err := c.loader.Load(v)
	if err != nil {
		p.err = err
		c.forget(v)
		return
	}
	p.tables = tables
}

func (c *schemaCache) forget(v int) {
	c.mu.Lock()
	delete(c.loading, v)
	c.mu.Unlock()
}

func (c *schemaCache) tablesAt(v int) ([]string, error) {
	p := c.acquire(v)
	<-p.ready
	return p.tables, p.err
}

type txn struct {
	cache *schemaCache
	at    int
}

func (t *txn) check(table string) error {
	tables, err := t.cache.tablesAt(t.at)
	if err != nil {
		return err
	}
	for _, have := range tables {
		if have == table {
			return nil
		}
	}
	return errors.New("unknown table " + table)
}

// Run checks tables at three versions.
func Run() {
	c := newSchemaCache(&fakeLoader{fail: map[int]bool{3: true}})
	for v := 1; v <= 3; v++ {
		t := &txn{cache: c, at: v}
		if err := t.check(fmt.Sprintf("table_%d", v)); err != nil {
			return
		}
	}
}
