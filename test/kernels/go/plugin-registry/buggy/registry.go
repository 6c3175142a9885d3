package kernel

import (
	"errors"
	"sync"
)

var errNotFound = errors.New("plugin not found")

type manifest struct {
	Implements []string
}

type plugin struct {
	name     string
	manifest *manifest
	addr     string
}

func (p *plugin) implements(kind string) bool {
	for _, k := range p.manifest.Implements {
		if k == kind {
			return true
		}
	}
	return false
}

type registry struct {
	mu       sync.Mutex
	plugins  map[string]*plugin
	handlers map[string][]func(name, addr string)
}

func newRegistry() *registry {
	return &registry{plugins: make(map[string]*plugin), handlers: make(map[string][]func(string, string))}
}

func (r *registry) get(name, kind string) (*plugin, error) {
	r.mu.Lock()
	p, ok := r.plugins[name]
	r.mu.Unlock()
	if !ok || !p.implements(kind) {
		return nil, errNotFound
	}
	return p, nil
}

func (r *registry) handle(kind string, fn func(name, addr string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handlers[kind] = append(r.handlers[kind], fn)
	for _, p := range r.plugins {
		if p.implements(kind) {
			fn(p.name, p.addr)
		}
	}
}

func (r *registry) activate(p *plugin) {
	r.mu.Lock()
	r.plugins[p.name] = p
	var todo []func(string, string)
	for _, kind := range p.manifest.Implements {
		todo = append(todo, r.handlers[kind]...)
	}
	r.mu.Unlock()
	for _, fn := range todo {
		fn(p.name, p.addr)
	}
}
