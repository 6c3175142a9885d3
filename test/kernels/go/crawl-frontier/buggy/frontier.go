package kernel

import (
	"sync"
	"sync/atomic"
)

type link struct {
	url   string
	depth int
}

type fetcher interface {
	links(url string) []string
}

type frontier struct {
	fetcher fetcher
	depth   int
	queue   chan link
	open    sync.WaitGroup
	visited atomic.Int64

	mu   sync.Mutex
	seen map[string]bool
}

type settings struct {
	workers, queue, depth int
}

func crawl(f fetcher, s settings, seeds ...string) int64 {
	fr := &frontier{
		fetcher: f,
		depth:   s.depth,
		queue:   make(chan link, s.queue),
		seen:    make(map[string]bool),
	}
	var workers sync.WaitGroup
	for i := 0; i < s.workers; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			fr.work()
		}()
	}
	for _, u := range seeds {
		fr.submit(link{u, 0})
	}
	fr.open.Wait()
	close(fr.queue)
	workers.Wait()
	return fr.visited.Load()
}

func (fr *frontier) work() {
	for l := range fr.queue {
		fr.visit(l)
		fr.open.Done()
	}
}

func (fr *frontier) visit(l link) {
	fr.visited.Add(1)
	if l.depth >= fr.depth {
		return
	}
	for _, u := range fr.fetcher.links(l.url) {
		fr.submit(link{u, l.depth + 1})
	}
}

func (fr *frontier) submit(l link) {
	if !fr.claim(l.url) {
		return
	}
	fr.open.Add(1)
	fr.queue <- l
}

func (fr *frontier) claim(url string) bool {
	fr.mu.Lock()
	defer fr.mu.Unlock()
	if fr.seen[url] {
		return false
	}
	fr.seen[url] = true
	return true
}

type treeSite struct {
	fan int
}

func (t treeSite) links(url string) []string {
	list := make([]string, t.fan)
	for i := range list {
		list[i] = url + "/" + string(rune('a'+i))
	}
	return list
}

// Run crawls a site with many links on each page.
func Run() {
	if n := crawl(treeSite{6}, settings{workers: 3, queue: 4, depth: 3}, "http://site.test"); n == 0 {
		panic("nothing visited")
	}
}
