package kernel

import (
	"strconv"
	"sync"
)

type tagSource interface {
	names() []string
	tagsOf(name string) labels
}

type selector struct {
	src  tagSource
	want labels
}

func (s *selector) matches(have labels) bool {
	for k, v := range s.want {
		if have[k] != v {
			return false
		}
	}
	return true
}

func (s *selector) list() []string {
	var out []string
	for _, n := range s.src.names() {
		if s.matches(s.src.tagsOf(n)) {
			out = append(out, n)
		}
	}
	return out
}

// Run relabels workloads while a selector lists them.
func Run() {
	d := newDirectory()
	d.put("web", "app", "web")
	s := &selector{src: d, want: labels{"app": "web", "rev": "3"}}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for i := 0; i < 200; i++ {
			d.put("web", "rev", strconv.Itoa(i))
		}
	}()
	go func() {
		defer wg.Done()
		for i := 0; i < 200; i++ {
			s.list()
		}
	}()
	wg.Wait()
}
