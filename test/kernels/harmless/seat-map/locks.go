package seats

import "sync"

type row struct {
	mu    sync.Mutex
	taken []string
}

func (h *Hall) lockRow(number int) *row {
	h.mu.RLock()
	r := h.rows[number]
	r.mu.Lock()
	return r
}

func (h *Hall) unlockRow(r *row) {
	r.mu.Unlock()
	h.mu.RUnlock()
}

func (h *Hall) lockAll() {
	h.mu.Lock()
}

func (h *Hall) unlockAll() {
	h.mu.Unlock()
}
