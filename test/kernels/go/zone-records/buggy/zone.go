package kernel

import (
	"errors"
	"strings"
	"sync"
)

var (
	errNoRecord = errors.New("no such record")
	errLoop     = errors.New("alias loop")
)

type record struct {
	kind  string
	value string
	ttl   int
}

type zone struct {
	origin string

	sync.RWMutex
	serial  int
	records map[string]record
}

func newZone(origin string) *zone {
	return &zone{origin: origin, records: map[string]record{}}
}

func (z *zone) set(name string, r record) {
	z.Lock()
	defer z.Unlock()
	z.records[z.canonical(name)] = r
	z.serial++
}

func (z *zone) canonical(name string) string {
	name = strings.ToLower(name)
	if !strings.HasSuffix(name, z.origin) {
		name += "." + z.origin
	}
	return name
}

// resolve answers a query, and follows aliases inside of the zone.
func (z *zone) resolve(name string) (record, error) {
	return z.lookup(name, 0)
}

func (z *zone) lookup(name string, depth int) (record, error) {
	if depth > 8 {
		return record{}, errLoop
	}
	z.RLock()
	defer z.RUnlock()
	r, ok := z.records[z.canonical(name)]
	if !ok {
		return record{}, errNoRecord
	}
	if r.kind == "CNAME" {
		return z.chase(r, depth)
	}
	return r, nil
}

func (z *zone) chase(alias record, depth int) (record, error) {
	target, err := z.lookup(alias.value, depth+1)
	if err != nil {
		return record{}, err
	}
	if alias.ttl < target.ttl {
		target.ttl = alias.ttl
	}
	return target, nil
}

type query struct {
	name string
	hits int
}

func (q *query) repeat(z *zone, n int) {
	for i := 0; i < n; i++ {
		if _, err := z.resolve(q.name); err == nil {
			q.hits++
		}
	}
}

// Run resolves while records change.
func Run() {
	z := newZone("example.test")
	z.set("web", record{"A", "10.0.0.1", 300})
	z.set("www", record{"CNAME", "web", 60})
	z.set("shop", record{"CNAME", "www", 60})
	var wg sync.WaitGroup
	for _, q := range []*query{{name: "shop"}, {name: "www"}} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			q.repeat(z, 20000)
		}()
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 20000; i++ {
			z.set("web", record{"A", "10.0.0.2", i})
		}
	}()
	wg.Wait()
}
