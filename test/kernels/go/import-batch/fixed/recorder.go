package kernel

import (
	"strings"
	"sync"
)

// Recorder is an Observer that remembers what it was told.
type Recorder struct {
	mu   sync.Mutex
	rows []Row
	errs []error
}

// Imported implements Observer.
func (r *Recorder) Imported(row Row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = append(r.rows, row)
}

// Refused implements Observer.
func (r *Recorder) Refused(row Row, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errs = append(r.errs, err)
}

// Run imports a hundred rows.
func Run() {
	recorder := &Recorder{}
	NewImporter(3, recorder).Import(strings.Repeat("a,b,c\nd,e\n", 50))
	_ = len(recorder.rows) + len(recorder.errs)
}
