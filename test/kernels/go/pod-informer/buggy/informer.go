package kernel

import (
	"sync"
	"time"
)

// Object is what an informer sees.
type Object struct {
	Name    string
	Version int
}

// Source lists and watches objects.
type Source interface {
	List() []Object
	Watch(stop <-chan struct{}) <-chan Object
}

type scriptedSource struct {
	initial []Object
	later   []Object
}

func (s *scriptedSource) List() []Object { return s.initial }

func (s *scriptedSource) Watch(stop <-chan struct{}) <-chan Object {
	out := make(chan Object)
	go func() {
		defer close(out)
		for _, o := range s.later {
			select {
			case out <- o:
			case <-stop:
				return
			}
		}
	}()
	return out
}

// Handler hears of each change.
type Handler func(old, current Object)

type indexer struct {
	mu      sync.Mutex
	objects map[string]Object
}

func (i *indexer) put(o Object) Object {
	i.mu.Lock()
	defer i.mu.Unlock()
	old := i.objects[o.Name]
	i.objects[o.Name] = o
	return old
}

// Informer mirrors a source.
type Informer struct {
	source  Source
	index   *indexer
	handler Handler
	stop    chan struct{}
	done    chan struct{}
}

// StartInformer mirrors a source until Stop.
func StartInformer(source Source) *Informer {
	inf := &Informer{
		source: source,
		index:  &indexer{objects: make(map[string]Object)},
		stop:   make(chan struct{}),
		done:   make(chan struct{}),
	}
	go inf.mirror()
	return inf
}

func (inf *Informer) mirror() {
	defer close(inf.done)
	for _, o := range inf.source.List() {
		inf.apply(o)
	}
	for o := range inf.source.Watch(inf.stop) {
		inf.apply(o)
	}
}

func (inf *Informer) apply(o Object) {
	old := inf.index.put(o)
	if inf.handler != nil {
		inf.handler(old, o)
	}
}

// Stop ends the mirror.
func (inf *Informer) Stop() {
	close(inf.stop)
	<-inf.done
}

// PodCounter counts changes of pods.
type PodCounter struct {
	informer *Informer
	mu       sync.Mutex
	changes  int
}

// NewPodCounter counts from now on.
func NewPodCounter(source Source) *PodCounter {
	c := &PodCounter{}
	c.informer = StartInformer(source)
	c.informer.handler = c.changed
	return c
}

func (c *PodCounter) changed(old, current Object) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old.Version < current.Version {
		c.changes++
	}
}

// Run counts three changes.
func Run() {
	c := NewPodCounter(&scriptedSource{
		initial: []Object{{"a", 1}, {"b", 1}},
		later:   []Object{{"a", 2}},
	})
	time.Sleep(5 * time.Millisecond)
	c.informer.Stop()
}
