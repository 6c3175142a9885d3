package kernel

import "sync"

type row struct {
	sync.Mutex
	cols map[string]int
	gone bool
}

type rowTable struct {
	mu   sync.Mutex
	rows map[string]*row
}

// pin returns the row locked, or nil.
func (t *rowTable) pin(key string) *row {
	t.mu.Lock()
	r, ok := t.rows[key]
	if !ok {
		r = &row{cols: map[string]int{}}
		t.rows[key] = r
	}
	t.mu.Unlock()
	r.Lock()
	if r.gone {
		r.Unlock()
		return nil
	}
	return r
}

func (t *rowTable) drop(key string) {
	t.mu.Lock()
	r := t.rows[key]
	delete(t.rows, key)
	t.mu.Unlock()
	if r == nil {
		return
	}
	r.Lock()
	r.gone = true
	r.Unlock()
}
