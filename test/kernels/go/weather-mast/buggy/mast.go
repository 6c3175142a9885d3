package kernel

import (
	"bytes"
	"fmt"
	"log"
	"sync"
	"time"
)

type mast struct {
	mu    sync.RWMutex
	site  string
	wind  []float64
	total float64
	out   *log.Logger
}

func (m *mast) String() string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return fmt.Sprintf("%s (%d samples)", m.site, len(m.wind))
}

func (m *mast) record(v float64) {
	m.mu.Lock()
	m.wind = append(m.wind, v)
	m.total += v
	m.mu.Unlock()
}

func (m *mast) mean() float64 {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if len(m.wind) < 10 {
		time.Sleep(time.Microsecond)
		m.out.Printf("too few at %v", m)
		return 0
	}
	return m.total / float64(len(m.wind))
}

func (m *mast) clear() {
	m.mu.Lock()
	m.wind, m.total = nil, 0
	m.mu.Unlock()
}

// Run averages while samples come in.
func Run() {
	m := &mast{site: "ridge", out: log.New(&bytes.Buffer{}, "", 0)}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 200; i++ {
			time.Sleep(20 * time.Microsecond)
			m.record(float64(i))
			if i%8 == 0 {
				m.clear()
			}
		}
	}()
	for i := 0; i < 200; i++ {
		_ = m.mean()
	}
	wg.Wait()
}
