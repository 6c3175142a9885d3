package kernel

import (
	"fmt"
	"sort"
	"sync"
)

type segment struct {
	name string
	docs int
}

type indexer interface {
	Index(s segment) (string, error)
}

type wordIndexer struct {
	prefix string
}

func (w wordIndexer) Index(s segment) (string, error) {
	if s.docs == 0 {
		return "", fmt.Errorf("segment %s is empty", s.name)
	}
	return fmt.Sprintf("%s/%s.%d", w.prefix, s.name, s.docs), nil
}

type tracker struct {
	wg sync.WaitGroup
}

func (t *tracker) enter() { t.wg.Add(1) }
func (t *tracker) leave() { t.wg.Done() }
func (t *tracker) join()  { t.wg.Wait() }

type warmer struct {
	tracker
	ix indexer

	mu    sync.Mutex
	files []string
	fails int
}

func (w *warmer) note(file string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.fails++
		return
	}
	w.files = append(w.files, file)
}

func (w *warmer) one(s segment) {
	w.enter()
	defer w.leave()
	w.note(w.ix.Index(s))
}

func (w *warmer) all(list []segment) []string {
	for _, s := range list {
		go w.one(s)
	}
	w.join()
	sort.Strings(w.files)
	return w.files
}

// Run warms up a few segments.
func Run() {
	w := &warmer{ix: wordIndexer{"idx"}}
	files := w.all([]segment{{"a", 3}, {"b", 0}, {"c", 7}, {"d", 1}})
	_ = len(files)
}
