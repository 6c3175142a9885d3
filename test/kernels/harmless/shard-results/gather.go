package kernel

import (
	"errors"
	"fmt"
	"sync"
)

type shardReply struct {
	shard int
	hits  []string
	err   error
}

type searcher interface {
	search(term string) ([]string, error)
}

type gatherer struct {
	shards []searcher
}

func (g *gatherer) query(term string) (hits []string, err error) {
	replies := make([]shardReply, len(g.shards))
	var wg sync.WaitGroup
	wg.Add(len(g.shards))
	for i, s := range g.shards {
		go func() {
			defer wg.Done()
			r := &replies[i]
			r.shard = i
			r.hits, r.err = s.search(term)
		}()
	}
	first := make(chan struct{})
	go func() {
		defer close(first)
		wg.Wait()
		for _, r := range replies {
			if r.err != nil {
				err = errors.Join(err, fmt.Errorf("shard %d: %w", r.shard, r.err))
			}
			hits = append(hits, r.hits...)
		}
	}()
	<-first
	return hits, err
}

type memShard map[string]string

func (m memShard) search(term string) ([]string, error) {
	v, ok := m[term]
	if !ok {
		return nil, errors.New("no such term")
	}
	return []string{v}, nil
}

// Run queries three shards.
func Run() {
	g := &gatherer{shards: []searcher{memShard{"a": "1"}, memShard{"b": "2"}, memShard{"a": "3"}}}
	hits, err := g.query("a")
	if err == nil || len(hits) != 2 {
		panic("wrong answer")
	}
}
