package kernel

import (
	"strings"
	"sync"
)

// Filter changes a text or drops it.
type Filter func(text string) (string, bool)

// Line is a row of filters, each with its own goroutine.
type Line struct {
	filters []Filter
	in      chan string
	out     chan string
	passed  []int
}

// NewLine returns a line that is not running.
func NewLine(filters ...Filter) *Line {
	return &Line{
		filters: filters,
		in:      make(chan string, 1),
		out:     make(chan string, 1),
		passed:  make([]int, len(filters)),
	}
}

func (l *Line) stage(i int, from <-chan string, to chan<- string) {
	defer close(to)
	for text := range from {
		changed, keep := l.filters[i](text)
		if !keep {
			continue
		}
		l.passed[i]++
		to <- changed
	}
}

// run puts the filters in a row and stays until all of them have ended.
func (l *Line) run() {
	var stages sync.WaitGroup
	from := l.in
	for i := range l.filters {
		to := make(chan string, 1)
		if i == len(l.filters)-1 {
			to = l.out
		}
		stages.Add(1)
		go func(i int, from, to chan string) {
			defer stages.Done()
			l.stage(i, from, to)
		}(i, from, to)
		from = to
		stages.Wait()
	}
}

// Process sends texts through the line.
func (l *Line) Process(texts []string) (results []string, passed []int) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.run()
	}()
	go func() {
		defer close(l.in)
		for _, text := range texts {
			l.in <- text
		}
	}()
	for text := range l.out {
		results = append(results, text)
	}
	<-ended
	return results, l.passed
}

// Run cleans a few words.
func Run() {
	trim := func(text string) (string, bool) { return strings.TrimSpace(text), true }
	solid := func(text string) (string, bool) { return text, text != "" }
	upper := func(text string) (string, bool) { return strings.ToUpper(text), true }
	words := []string{" salt", "oil ", "  ", "rice", "tea ", " milk"}
	_, _ = NewLine(trim).Process(words)
	_, _ = NewLine(trim, solid, upper).Process(words)
}
