package kernel

import (
	"sort"
	"sync"
)

type drawer struct {
	mu    sync.Mutex
	id    int
	seeds int
}

type vault struct {
	drawers []*drawer
	index   map[string]*drawer
	total   int
}

// newVault fills the vault before anybody sees it.
func newVault(names ...string) *vault {
	v := &vault{index: make(map[string]*drawer)}
	for i, name := range names {
		d := &drawer{id: i, seeds: 100}
		v.drawers = append(v.drawers, d)
		v.index[name] = d
		v.total += d.seeds
	}
	return v
}

func lockAll(ds ...*drawer) func() {
	sort.Slice(ds, func(i, j int) bool { return ds[i].id < ds[j].id })
	for _, d := range ds {
		d.mu.Lock()
	}
	return func() {
		for i := len(ds) - 1; i >= 0; i-- {
			ds[i].mu.Unlock()
		}
	}
}

func (v *vault) move(from, to string, n int) bool {
	a, b := v.index[from], v.index[to]
	if a == b {
		return false
	}
	defer lockAll(a, b)()
	if a.seeds < n {
		return false
	}
	a.seeds -= n
	b.seeds += n
	return true
}

func (v *vault) count() int {
	unlock := lockAll(append([]*drawer(nil), v.drawers...)...)
	defer unlock()
	sum := 0
	for _, d := range v.drawers {
		sum += d.seeds
	}
	return sum
}

// Run moves seeds to and fro.
func Run() {
	v := newVault("rye", "oat", "corn")
	var wg sync.WaitGroup
	pairs := [][2]string{{"rye", "oat"}, {"oat", "rye"}, {"corn", "rye"}, {"oat", "corn"}}
	for _, p := range pairs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 200; i++ {
				v.move(p[0], p[1], 1)
			}
		}()
	}
	for i := 0; i < 20; i++ {
		if v.count() != v.total {
			panic("lost seeds")
		}
	}
	wg.Wait()
}
