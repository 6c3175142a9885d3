package kernel

import "sync"

// Shard is a part of a table.
type Shard struct {
	ID   int
	Rows []string
}

// Sink takes rows.
type Sink interface {
	Write(shard int, rows []string) error
}

// Table is split into shards that are written side by side.
type Table struct {
	mu     sync.Mutex
	shards []*Shard
	failMu sync.Mutex
	failed map[int]error
	sink   Sink
}

// NewTable returns a table of so many shards.
func NewTable(sink Sink, shards int) *Table {
	t := &Table{sink: sink, failed: make(map[int]error)}
	for i := 0; i < shards; i++ {
		t.shards = append(t.shards, &Shard{ID: i})
	}
	return t
}

// Add puts a row into its shard.
func (t *Table) Add(row string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	shard := t.shards[len(row)%len(t.shards)]
	shard.Rows = append(shard.Rows, row)
}

// Flush writes all shards and tells how many failed.
func (t *Table) Flush() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	var writers sync.WaitGroup
	for _, shard := range t.shards {
		if len(shard.Rows) == 0 {
			continue
		}
		writers.Add(1)
		go func(shard *Shard) {
			defer writers.Done()
			t.write(shard)
		}(shard)
	}
	writers.Wait()
	return len(t.failed)
}

func (t *Table) write(shard *Shard) {
	if err := t.sink.Write(shard.ID, shard.Rows); err != nil {
		t.noteFailure(shard.ID, err)
		return
	}
	shard.Rows = nil
}

func (t *Table) noteFailure(id int, err error) {
	t.failMu.Lock()
	t.failed[id] = err
	t.failMu.Unlock()
}

type oddSink struct{}

func (oddSink) Write(shard int, rows []string) error {
	if shard%2 == 1 {
		return errOdd
	}
	return nil
}

type sinkError string

func (e sinkError) Error() string { return string(e) }

const errOdd = sinkError("odd shard")

// Run flushes a table twice.
func Run() {
	table := NewTable(oddSink{}, 4)
	table.Add("even")
	_ = table.Flush()
	table.Add("three")
	_ = table.Flush()
}
