package kernel

import (
	"fmt"
	"strings"
	"sync"
)

// Recipient gets a letter.
type Recipient struct {
	Name   string
	Fields map[string]string
}

// Printer puts letters into envelopes.
type Printer interface {
	Print(letter string) error
}

// Merger fills a template for many recipients.
type Merger struct {
	template string
	printer  Printer
	wg       sync.WaitGroup

	mu   sync.Mutex
	errs []error
}

// NewMerger returns a merger.
func NewMerger(template string, printer Printer) *Merger {
	return &Merger{template: template, printer: printer}
}

func (m *Merger) fill(r Recipient) string {
	pairs := []string{"{name}", r.Name}
	for field, value := range r.Fields {
		pairs = append(pairs, "{"+field+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(m.template)
}

func (m *Merger) one(r Recipient) {
	defer m.wg.Done()
	if err := m.printer.Print(m.fill(r)); err != nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.errs = append(m.errs, fmt.Errorf("letter to %s: %w", r.Name, err))
	}
}

// Merge prints a letter for every recipient.
func (m *Merger) Merge(recipients []Recipient) []error {
	for _, r := range recipients {
		m.wg.Add(1)
		go m.one(r)
	}
	m.wg.Wait()
	return m.errs
}
