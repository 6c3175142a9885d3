package kernel

import (
	"fmt"
	"sync"
)

type domain struct {
	mu     sync.RWMutex
	name   string
	parent *domain
	limits map[string]int
}

func newDomain(name string, parent *domain) *domain {
	return &domain{name: name, parent: parent, limits: map[string]int{}}
}

func (d *domain) limit(key string) (int, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if v, ok := d.limits[key]; ok {
		return v, true
	}
	if d.parent != nil {
		return d.parent.limit(key)
	}
	return 0, false
}

func (d *domain) set(key string, v int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.parent != nil {
		if top, ok := d.parent.limit(key); ok && top < v {
			return fmt.Errorf("%v: %s is limited to %d", d, key, top)
		}
	}
	d.limits[key] = v
	return nil
}

func (d *domain) String() string {
	if d.parent == nil {
		return d.name
	}
	return fmt.Sprintf("%v/%s", d.parent, d.name)
}

// Run sets and reads limits of nested domains.
func Run() {
	root := newDomain("root", nil)
	team := newDomain("team", root)
	app := newDomain("app", team)
	var wg sync.WaitGroup
	for i, d := range []*domain{root, team, app, app} {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for j := 0; j < 100; j++ {
				_ = d.set("cpu", 4-i+j%5)
			}
		}()
		go func() {
			defer wg.Done()
			for j := 0; j < 100; j++ {
				d.limit("cpu")
			}
		}()
	}
	wg.Wait()
}
