package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
)

type document struct {
	ID     string         `json:"id"`
	Fields map[string]any `json:"fields"`
}

type index interface {
	Write(docs []document) error
}

type batch struct {
	seq  int
	docs []document
}

type ingester struct {
	index   index
	size    int
	pending sync.WaitGroup

	mu      sync.Mutex
	written int
	errs    []error
}

func newIngester(i index, size int) *ingester {
	return &ingester{index: i, size: size}
}

func (g *ingester) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.errs = append(g.errs, err)
}

func (g *ingester) launch(b batch) {
	g.pending.Add(1)
	go func() {
		defer g.pending.Done()
		if err := validate(b); err != nil {
			g.fail(fmt.Errorf("batch %d: %w", b.seq, err))
			return
		}
		g.commit(b)
	}()
}

func (g *ingester) commit(b batch) {
	if err := g.index.Write(b.docs); err != nil {
		g.fail(err)
		return
	}
	g.mu.Lock()
	g.written += len(b.docs)
	g.mu.Unlock()
}

func validate(b batch) error {
	for _, d := range b.docs {
		if d.ID == "" {
			return errors.New("document without an id")
		}
	}
	return nil
}

// ingest splits the documents in batches and waits for them.
func (g *ingester) ingest(lines [][]byte) (int, error) {
	var b batch
	for _, line := range lines {
		var d document
		if err := json.Unmarshal(line, &d); err != nil {
			g.fail(err)
			continue
		}
		if b.docs = append(b.docs, d); len(b.docs) == g.size {
			g.launch(b)
			b = batch{seq: b.seq + 1}
		}
	}
	if len(b.docs) > 0 {
		g.launch(b)
	}
	g.pending.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.written, errors.Join(g.errs...)
}

type memoryIndex struct {
	mu   sync.Mutex
	docs map[string]document
}

func (m *memoryIndex) Write(docs []document) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range docs {
		m.docs[d.ID] = d
	}
	return nil
}

// Run ingests five lines of which one lacks its id.
func Run() {
	g := newIngester(&memoryIndex{docs: map[string]document{}}, 2)
	_, err := g.ingest([][]byte{
		[]byte(`{"id": "1"}`),
		[]byte(`{"id": "2", "fields": {"a": 1}}`),
		[]byte(`{"fields": {"a": 2}}`),
		[]byte(`not json`),
		[]byte(`{"id": "3"}`),
	})
	if err == nil {
		panic("bad lines went unnoticed")
	}
}
