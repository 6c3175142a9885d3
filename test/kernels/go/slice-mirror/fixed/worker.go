package kernel

import "time"

type worker struct {
	keys    chan string
	done    chan struct{}
	resolve func(service string) ([]endpoint, bool)
	synced  map[string]int
}

func newWorker(resolve func(string) ([]endpoint, bool)) *worker {
	w := &worker{
		keys:    make(chan string),
		done:    make(chan struct{}),
		resolve: resolve,
		synced:  map[string]int{},
	}
	go w.loop()
	return w
}

func (w *worker) enqueue(key string) {
	w.keys <- key
}

func (w *worker) loop() {
	defer close(w.done)
	for key := range w.keys {
		w.sync(key)
	}
}

func (w *worker) sync(key string) {
	time.Sleep(time.Millisecond)
	if eps, ok := w.resolve(key); ok {
		w.synced[key] = len(eps)
	}
}

func (w *worker) drain() {
	close(w.keys)
	<-w.done
}

// Run mirrors a few endpoint updates.
func Run() {
	c := newSliceController()
	c.update("web", endpoint{"10.0.0.1", true})
	c.update("db", endpoint{"10.0.0.2", true}, endpoint{"10.0.0.3", false})
	c.update("web")
	c.stop()
}
