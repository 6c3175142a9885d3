package kernel

import (
	"sync"
)

type journal struct {
	mu      sync.Mutex
	synced  *sync.Cond
	buffer  []string
	disk    []string
	written int
	durable int
	syncing bool
}

func newJournal() *journal {
	j := &journal{}
	j.synced = sync.NewCond(&j.mu)
	return j
}

// append returns once the line is on the disk.
func (j *journal) append(line string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.buffer = append(j.buffer, line)
	j.written++
	mine := j.written
	j.awaitLocked(mine)
	return mine
}

func (j *journal) awaitLocked(n int) {
	for j.durable < n {
		if j.syncing {
			j.synced.Wait()
			continue
		}
		j.syncLocked()
	}
}

// syncLocked gives up the lock while it writes, and has it again when it returns.
func (j *journal) syncLocked() {
	j.syncing = true
	lines, upTo := j.buffer, j.written
	j.buffer = nil
	j.mu.Unlock()
	j.write(lines)
	j.mu.Lock()
	j.syncing = false
	j.durable = upTo
	j.synced.Broadcast()
}

// write is called by one goroutine at a time.
func (j *journal) write(lines []string) {
	j.disk = append(j.disk, lines...)
	j.progress()
}

func (j *journal) progress() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.written - j.durable
}

// Run appends from several goroutines.
func Run() {
	j := newJournal()
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := 0; n < 50; n++ {
				j.append("line")
			}
		}()
	}
	wg.Wait()
	if j.progress() != 0 {
		panic("lines are missing")
	}
}
