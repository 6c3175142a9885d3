package kernel

import (
	"sort"
	"sync"
)

type labels map[string]string

type workload struct {
	name string
	tags labels
}

type directory struct {
	mu    sync.RWMutex
	items map[string]*workload
}

func newDirectory() *directory {
	return &directory{items: map[string]*workload{}}
}

func (d *directory) put(name, key, value string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w := d.items[name]
	if w == nil {
		w = &workload{name: name, tags: labels{}}
		d.items[name] = w
	}
	w.tags[key] = value
}

func (d *directory) tagsOf(name string) labels {
	d.mu.RLock()
	defer d.mu.RUnlock()
	w, ok := d.items[name]
	if !ok {
		return nil
	}
	return w.tags
}

func (d *directory) names() []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	out := make([]string, 0, len(d.items))
	for n := range d.items {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}
