package kernel

import (
	"io"
	"strings"
	"sync"
)

// Run uploads a few texts and shows the progress.
func Run() {
	meter := NewMeter()
	uploads := uploadAll(meter, 4, 1<<16)
	for i := 0; i < 200; i++ {
		_ = meter.String()
	}
	uploads.Wait()
}

func uploadAll(meter *Meter, count, size int) *sync.WaitGroup {
	var wg sync.WaitGroup
	for i := 0; i < count; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			source := meter.Wrap(strings.NewReader(strings.Repeat("x", size)))
			buffer := make([]byte, 64)
			_, _ = io.CopyBuffer(struct{ io.Writer }{io.Discard}, source, buffer)
		}()
	}
	return &wg
}
