package kernel

import (
	"strings"
	"sync"
)

type invalidator interface {
	Invalidate(prefix string)
}

type pageCache struct {
	sync.Mutex
	parts map[string]string
	owner titler
}

type titler interface {
	Title(path string) string
}

func (c *pageCache) Invalidate(prefix string) {
	c.Lock()
	defer c.Unlock()
	for k := range c.parts {
		if strings.HasPrefix(k, prefix) {
			delete(c.parts, k)
		}
	}
}

func (c *pageCache) getOrCreate(path string, create func() string) string {
	c.Lock()
	defer c.Unlock()
	if v, ok := c.parts[path]; ok {
		return v
	}
	v := create()
	c.parts[path] = v
	return v
}

type page struct {
	path, title string
}

type site struct {
	build sync.Mutex
	pages map[string]*page
	inv   []invalidator
	cache *pageCache
}

func newSite(paths ...string) *site {
	s := &site{pages: map[string]*page{}}
	s.cache = &pageCache{parts: map[string]string{}, owner: s}
	s.inv = append(s.inv, s.cache)
	for _, p := range paths {
		s.pages[p] = &page{path: p, title: strings.ToUpper(p)}
	}
	return s
}

// Title is the title of the page at path.
func (s *site) Title(path string) string {
	s.build.Lock()
	defer s.build.Unlock()
	if p := s.pages[path]; p != nil {
		return p.title
	}
	return ""
}

func (s *site) rebuild(path, title string) {
	s.build.Lock()
	defer s.build.Unlock()
	s.pages[path] = &page{path, title}
	for _, i := range s.inv {
		i.Invalidate(path)
	}
}

func (c *pageCache) partial(path string) string {
	return c.getOrCreate(path, func() string {
		return "<h1>" + c.owner.Title(path) + "</h1>"
	})
}

type server struct {
	s  *site
	wg sync.WaitGroup
}

func (srv *server) watch(n int) {
	defer srv.wg.Done()
	for i := 0; i < n; i++ {
		srv.s.rebuild("blog/one", "one")
	}
}

func (srv *server) serve(n int) {
	defer srv.wg.Done()
	for i := 0; i < n; i++ {
		_ = srv.s.cache.partial("blog/one")
	}
}

// Run serves pages while the site is rebuilt.
func Run() {
	srv := &server{s: newSite("blog/one", "blog/two")}
	srv.wg.Add(2)
	go srv.watch(30000)
	go srv.serve(30000)
	srv.wg.Wait()
}
