package kernel

import (
	"io"
	"strings"
	"sync"
	"sync/atomic"
)

// LineMeter counts what is read through it.
type LineMeter struct {
	io.Reader
	bytes int64
	calls int64
}

// Read reads on, and counts.
func (m *LineMeter) Read(into []byte) (int, error) {
	n, err := m.Reader.Read(into)
	atomic.AddInt64(&m.bytes, int64(n))
	atomic.AddInt64(&m.calls, 1)
	return n, err
}

// Bytes is how much was read so far.
func (m *LineMeter) Bytes() int64 {
	return atomic.LoadInt64(&m.bytes)
}

// progress reports how far a copy is.
type progress struct {
	meter *LineMeter
	total int64
}

func (p progress) percent() int64 {
	if p.total == 0 {
		return 0
	}
	return 100 * p.meter.Bytes() / p.total
}

// Run copies a text and watches it.
func Run() {
	text := strings.Repeat("all work and no play\n", 400)
	meter := &LineMeter{Reader: strings.NewReader(text)}
	watch := progress{meter: meter, total: int64(len(text))}
	var copying sync.WaitGroup
	copying.Add(1)
	go func() {
		defer copying.Done()
		buffer := make([]byte, 64)
		for {
			if _, err := meter.Read(buffer); err != nil {
				return
			}
		}
	}()
	for i := 0; i < 50; i++ {
		watch.percent()
	}
	copying.Wait()
}
