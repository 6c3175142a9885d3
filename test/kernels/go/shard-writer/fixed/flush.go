package kernel

import (
	"errors"
	"fmt"
	"time"
)

var errDisk = errors.New("disk is full")

// Sink takes what a shard has in memory.
type Sink interface {
	Write(shard int, points []float64) error
}

type memorySink struct{ total int }

func (m *memorySink) Write(shard int, points []float64) error { return nil }

type fullSink struct{ from int }

func (f *fullSink) Write(shard int, points []float64) error {
	time.Sleep(time.Duration(shard) * time.Millisecond)
	if shard >= f.from {
		return errDisk
	}
	return nil
}

type shard struct {
	id     int
	points []float64
}

// Engine spreads points over shards.
type Engine struct {
	sink   Sink
	shards []*shard
}

// NewEngine returns an engine with count shards.
func NewEngine(sink Sink, count int) *Engine {
	e := &Engine{sink: sink}
	for i := 0; i < count; i++ {
		e.shards = append(e.shards, &shard{id: i})
	}
	return e
}

// Insert puts a point into its shard.
func (e *Engine) Insert(series uint64, value float64) {
	s := e.shards[series%uint64(len(e.shards))]
	s.points = append(s.points, value)
}

func (e *Engine) walkShards(fn func(s *shard) error) error {
	type reply struct {
		shard int
		err   error
	}
	replies := make(chan reply)
	for _, s := range e.shards {
		go func() {
			replies <- reply{shard: s.id, err: fn(s)}
		}()
	}
	var first error
	for range e.shards {
		if r := <-replies; r.err != nil && first == nil {
			first = fmt.Errorf("shard %d: %w", r.shard, r.err)
		}
	}
	return first
}

// Flush writes all shards.
func (e *Engine) Flush() error {
	return e.walkShards(func(s *shard) error {
		return e.sink.Write(s.id, s.points)
	})
}

// Run flushes to a good sink and to a full one.
func Run() {
	for _, sink := range []Sink{&memorySink{}, &fullSink{from: 2}} {
		e := NewEngine(sink, 5)
		for i := uint64(0); i < 50; i++ {
			e.Insert(i, float64(i))
		}
		if err := e.Flush(); err != nil && !errors.Is(err, errDisk) {
			panic(err)
		}
	}
}
