package kernel

import (
	"context"
	"errors"
	"sort"
	"time"
)

// ErrPartial is returned with a report that is not complete.
var ErrPartial = errors.New("report is partial")

// Section is a part of a report.
type Section struct {
	Title string
	Lines []string
}

// Provider writes a section.
type Provider interface {
	Title() string
	Lines() []string
}

// Builder puts reports together.
type Builder struct {
	providers []Provider
	patience  time.Duration
}

// NewBuilder returns a builder that waits so long.
func NewBuilder(patience time.Duration, providers ...Provider) *Builder {
	return &Builder{patience: patience, providers: providers}
}

// Build asks all providers.
func (b *Builder) Build(ctx context.Context) ([]Section, error) {
	ctx, cancel := context.WithTimeout(ctx, b.patience)
	defer cancel()
	var sections []Section
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, provider := range b.providers {
			if ctx.Err() != nil {
				return
			}
			lines := provider.Lines()
			sections = append(sections, Section{Title: provider.Title(), Lines: lines})
		}
	}()
	select {
	case <-done:
		return b.finish(sections), nil
	case <-ctx.Done():
		return b.finish(sections), ErrPartial
	}
}

func (b *Builder) finish(sections []Section) []Section {
	sort.Slice(sections, func(i, j int) bool { return sections[i].Title < sections[j].Title })
	return sections
}

type slow struct {
	title string
	takes time.Duration
}

func (s slow) Title() string { return s.title }

func (s slow) Lines() []string {
	time.Sleep(s.takes)
	return []string{s.title + " is fine"}
}

// Run builds a report in time and one too late.
func Run() {
	ctx := context.Background()
	quick := NewBuilder(time.Second, slow{"disk", time.Millisecond}, slow{"cpu", time.Millisecond})
	_, _ = quick.Build(ctx)
	late := NewBuilder(5*time.Millisecond, slow{"disk", 2 * time.Millisecond}, slow{"backup", 15 * time.Millisecond})
	_, _ = late.Build(ctx)
	time.Sleep(20 * time.Millisecond)
}
