package kernel

import (
	"errors"
	"strings"
)

var errBadRef = errors.New("bad image reference")

type layerCache map[string]bool

type pullJob struct {
	ref   string
	cache layerCache
	fetch func(repo, tag string) error
}

func (p *pullJob) start(done func(error)) {
	repo, tag, ok := strings.Cut(p.ref, ":")
	if !ok {
		tag = "latest"
	}
	if p.cache[p.ref] {
		return
	}
	go func() {
		if repo == "" {
			done(errBadRef)
			return
		}
		done(p.fetch(repo, tag))
	}()
}

type pruneJob struct {
	cache layerCache
	keep  string
}

func (p *pruneJob) start(done func(error)) {
	removed := 0
	for ref := range p.cache {
		if ref != p.keep {
			removed++
		}
	}
	if removed == 0 {
		done(nil)
		return
	}
	go done(nil)
}

type imageManager struct {
	cache layerCache
}

func (m *imageManager) ensure(refs ...string) []error {
	g := &jobGroup{}
	var jobs []job
	for _, r := range refs {
		jobs = append(jobs, &pullJob{ref: r, cache: m.cache, fetch: m.download})
	}
	jobs = append(jobs, &pruneJob{cache: m.cache, keep: refs[0]})
	g.launch(jobs...)
	return g.wait()
}

func (m *imageManager) download(repo, tag string) error {
	if tag == "broken" {
		return errors.New("no such tag " + repo + ":" + tag)
	}
	return nil
}

// Run pulls a few images, one of them already there.
func Run() {
	m := &imageManager{cache: layerCache{"redis:7": true}}
	_ = m.ensure("nginx:1", ":x", "app:broken")
	_ = m.ensure("nginx:1", "redis:7")
}
