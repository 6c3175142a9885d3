package kernel

import (
	"fmt"
	"io"
	"strings"
	"sync"
)

// Pipeline reads lines, filters them and counts them.
type Pipeline struct {
	container string
	reader    lineReader
	drop      string

	lines    chan Line
	filtered chan Line
	wg       sync.WaitGroup

	mu     sync.Mutex
	counts map[string]int
	err    error
}

// NewPipeline returns a pipeline for one container.
func NewPipeline(container string, reader lineReader, drop string) *Pipeline {
	return &Pipeline{
		container: container,
		reader:    reader,
		drop:      drop,
		lines:     make(chan Line, 4),
		filtered:  make(chan Line, 4),
		counts:    make(map[string]int),
	}
}

// Process runs the stages until the log is at its end.
func (p *Pipeline) Process() (map[string]int, error) {
	p.wg.Add(3)
	go p.read()
	go p.filter()
	go p.count()
	p.wg.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counts, p.err
}

func (p *Pipeline) read() {
	defer p.wg.Done()
	defer close(p.lines)
	for {
		text, err := p.reader.ReadLine()
		if err == io.EOF {
			return
		}
		if err != nil {
			p.setError(fmt.Errorf("%s: %w", p.container, err))
			return
		}
		p.lines <- Line{p.container, text}
	}
}

func (p *Pipeline) filter() {
	defer p.wg.Done()
	defer close(p.filtered)
	for line := range p.lines {
		if p.drop != "" && strings.Contains(line.Text, p.drop) {
			continue
		}
		p.filtered <- line
	}
}

func (p *Pipeline) count() {
	defer p.wg.Done()
	for line := range p.filtered {
		p.mu.Lock()
		p.counts[line.Text]++
		p.mu.Unlock()
	}
}

func (p *Pipeline) setError(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
	}
}

// Run processes a whole log and a truncated one.
func Run() {
	_, _ = NewPipeline("web", newReader(nil, "GET /", "GET /healthz", "GET /"), "healthz").Process()
	_, _ = NewPipeline("db", newReader(errTruncated, "start", "accept"), "").Process()
}
