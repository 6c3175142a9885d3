package kernel

import (
	"sync"
	"time"
)

// Tally sums up what a crawl has seen.
type Tally struct {
	mu      sync.Mutex
	Pages   int
	Bytes   int64
	Slowest time.Duration
	Failed  []string
}

func (t *Tally) note(url string, size int64, took time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Pages++
	if err != nil {
		t.Failed = append(t.Failed, url)
		return
	}
	t.Bytes += size
	if took > t.Slowest {
		t.Slowest = took
	}
}
