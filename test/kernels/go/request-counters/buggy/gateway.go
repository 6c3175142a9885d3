package kernel

import "sync"

type request struct {
	method string
	done   chan<- string
}

type handler func(request) string

type gateway struct {
	stats  *scope
	queue  chan request
	routes map[string]handler
	wg     sync.WaitGroup
}

func newGateway(workers int) *gateway {
	g := &gateway{stats: newScope("gateway"), queue: make(chan request)}
	g.routes = map[string]handler{
		"get": g.counted(func(request) string { return "value" }),
		"put": g.counted(func(request) string { return "stored" }),
		"del": g.counted(func(request) string { return "gone" }),
	}
	for i := 0; i < workers; i++ {
		g.wg.Add(1)
		go g.work()
	}
	return g
}

func (g *gateway) counted(next handler) handler {
	return func(r request) string {
		g.stats.counter(r.method).inc()
		return next(r)
	}
}

func (g *gateway) work() {
	defer g.wg.Done()
	for r := range g.queue {
		r.done <- g.routes[r.method](r)
	}
}

func (g *gateway) call(methods ...string) {
	done := make(chan string, len(methods))
	for _, m := range methods {
		g.queue <- request{m, done}
	}
	for range methods {
		<-done
	}
}

func (g *gateway) close() uint64 {
	close(g.queue)
	g.wg.Wait()
	return g.stats.total()
}

// Run makes a few calls.
func Run() {
	g := newGateway(3)
	g.call("get", "put", "del", "get", "put")
	_ = g.close()
}
