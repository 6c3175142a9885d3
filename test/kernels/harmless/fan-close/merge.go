// Package fanclose closes a channel when all its senders are done.
package fanclose

import "sync"

// Source gives lines.
type Source interface{ Lines() []string }

// Lines are a source of their own.
type Lines []string

// Lines implements Source.
func (l Lines) Lines() []string { return l }

// Merge reads all sources at once; the channel is closed at the end.
func Merge(sources ...Source) <-chan string {
	merged := make(chan string)
	var senders sync.WaitGroup
	senders.Add(len(sources))
	for _, source := range sources {
		go func() {
			defer senders.Done()
			for _, line := range source.Lines() {
				merged <- line
			}
		}()
	}
	go func() {
		senders.Wait()
		close(merged)
	}()
	return merged
}

// Count counts all lines.
func Count(sources ...Source) int {
	count := 0
	for range Merge(sources...) {
		count++
	}
	return count
}

// Run counts.
func Run() {
	if Count(Lines{"a", "b"}, Lines{"c"}, Lines{}) != 3 {
		panic("a line is missing")
	}
	if Count() != 0 {
		panic("a line too many")
	}
}
