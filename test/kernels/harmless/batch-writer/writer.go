// Package batchwriter writes rows in batches; its owner goroutine alone touches the batch.
package batchwriter

import (
	"errors"
	"sync"
	"time"
)

// ErrStopped is returned after Stop.
var ErrStopped = errors.New("writer stopped")

type write struct {
	row  string
	done chan error
}

// Writer collects rows.
type Writer struct {
	writes  chan write
	quit    chan struct{}
	stopped chan struct{}
	once    sync.Once
	batch   []write
	flushes int
	sink    func([]string) error
}

// New starts a writer.
func New(sink func([]string) error) *Writer {
	w := &Writer{writes: make(chan write), quit: make(chan struct{}), stopped: make(chan struct{}), sink: sink}
	go w.run()
	return w
}

func (w *Writer) run() {
	defer close(w.stopped)
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case one := <-w.writes:
			w.batch = append(w.batch, one)
			if len(w.batch) == 8 {
				w.flush()
			}
		case <-ticker.C:
			w.flush()
		case <-w.quit:
			w.flush()
			return
		}
	}
}

func (w *Writer) flush() {
	if len(w.batch) == 0 {
		return
	}
	rows := make([]string, 0, len(w.batch))
	for _, one := range w.batch {
		rows = append(rows, one.row)
	}
	err := w.sink(rows)
	for _, one := range w.batch {
		one.done <- err
	}
	w.batch = nil
	w.flushes++
}

// Write waits until the row is written.
func (w *Writer) Write(row string) error {
	one := write{row, make(chan error, 1)}
	select {
	case w.writes <- one:
		return <-one.done
	case <-w.stopped:
		return ErrStopped
	}
}

// Stop writes what is left.
func (w *Writer) Stop() int {
	w.once.Do(func() { close(w.quit) })
	<-w.stopped
	return w.flushes
}

// Run writes from several goroutines.
func Run() {
	w := New(func([]string) error { return nil })
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = w.Write("row")
		}()
	}
	wg.Wait()
	_ = w.Stop()
	_ = w.Write("late")
}
