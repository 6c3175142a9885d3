package kernel

import (
	"sync"
	"time"
)

type logWriter struct {
	barrier *commitBarrier
	mu      sync.Mutex
	lines   []string
	final   int
}

func (w *logWriter) append(line string) bool {
	if !w.barrier.begin() {
		return false
	}
	defer w.barrier.end()
	w.mu.Lock()
	w.lines = append(w.lines, line)
	w.mu.Unlock()
	return true
}

func (w *logWriter) close() {
	w.barrier.seal()
	w.final = len(w.lines)
}

// Run appends from three goroutines until the writer is closed.
func Run() {
	w := &logWriter{barrier: newCommitBarrier()}
	var wg sync.WaitGroup
	for _, l := range []string{"a", "b", "c"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for w.append(l) {
				time.Sleep(time.Millisecond)
			}
		}()
	}
	time.Sleep(5 * time.Millisecond)
	w.close()
	wg.Wait()
}
