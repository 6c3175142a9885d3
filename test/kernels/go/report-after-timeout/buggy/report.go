package kernel

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

// Source delivers the raw rows of one report.
type Source interface {
	Rows(month string) ([]string, error)
}

// Reporter renders monthly reports, and gives up on slow sources.
type Reporter struct {
	source  Source
	patient time.Duration
}

// NewReporter returns a Reporter that waits at most the given time for its source.
func NewReporter(source Source, patient time.Duration) *Reporter {
	return &Reporter{source: source, patient: patient}
}

type rendered struct {
	text string
	err  error
}

// Render returns the report of a month as text.
func (r *Reporter) Render(month string) (string, error) {
	finished := make(chan rendered)
	go func() {
		rows, err := r.source.Rows(month)
		if err != nil {
			finished <- rendered{err: fmt.Errorf("rows of %s: %w", month, err)}
			return
		}
		sort.Strings(rows)
		finished <- rendered{text: strings.Join(rows, "\n")}
	}()

	select {
	case report := <-finished:
		return report.text, report.err
	case <-time.After(r.patient):
		return "", errors.New("source is too slow")
	}
}

type slowSource struct{}

func (slowSource) Rows(string) ([]string, error) {
	time.Sleep(60 * time.Millisecond)
	return []string{"b", "a"}, nil
}

// Run asks a slow source for a report.
func Run() {
	reporter := NewReporter(slowSource{}, 10*time.Millisecond)
	_, _ = reporter.Render("2024-05")
	time.Sleep(100 * time.Millisecond)
}
