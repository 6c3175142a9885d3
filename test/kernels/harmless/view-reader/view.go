package kernel

import (
	"fmt"
	"sync"
)

type document struct {
	id     string
	parent string
	title  string
}

type library struct {
	mu   sync.RWMutex
	docs map[string]document
	gen  int
}

func (l *library) find(id string) (document, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	d, ok := l.docs[id]
	return d, ok
}

func (l *library) save(d document) {
	l.mu.Lock()
	l.docs[d.id] = d
	l.gen++
	l.mu.Unlock()
}

// path walks up to the root, and takes the lock for each step anew.
func (l *library) path(id string) string {
	d, ok := l.find(id)
	if !ok {
		return ""
	}
	if d.parent == "" {
		return "/" + d.title
	}
	return l.path(d.parent) + "/" + d.title
}

// rename changes the title, and tells the paths before and after.
func (l *library) rename(id, title string) (before, after string) {
	before = l.path(id)
	l.mu.Lock()
	d, ok := l.docs[id]
	if !ok {
		l.mu.Unlock()
		return "", ""
	}
	d.title = title
	l.docs[id] = d
	l.gen++
	l.mu.Unlock()
	return before, l.path(id)
}

func (l *library) String() string {
	l.mu.RLock()
	gen, n := l.gen, len(l.docs)
	l.mu.RUnlock()
	root := l.path("root")
	return fmt.Sprintf("%d documents below %s, generation %d", n, root, gen)
}

// Run renames while paths are read.
func Run() {
	l := &library{docs: map[string]document{}}
	l.save(document{"root", "", "top"})
	l.save(document{"a", "root", "first"})
	l.save(document{"b", "a", "second"})
	var wg sync.WaitGroup
	wg.Add(3)
	for i := 0; i < 2; i++ {
		go func() {
			defer wg.Done()
			for n := 0; n < 500; n++ {
				_ = fmt.Sprint(l)
				_ = l.path("b")
			}
		}()
	}
	go func() {
		defer wg.Done()
		for n := 0; n < 500; n++ {
			l.rename("a", fmt.Sprint("title ", n))
		}
	}()
	wg.Wait()
}
