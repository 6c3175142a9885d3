package kernel

import "sync"

type job interface {
	start(done func(error))
}

type jobGroup struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	errs []error
}

func (g *jobGroup) finish(err error) {
	if err != nil {
		g.mu.Lock()
		g.errs = append(g.errs, err)
		g.mu.Unlock()
	}
	g.wg.Done()
}

func (g *jobGroup) launch(jobs ...job) {
	for _, j := range jobs {
		g.wg.Add(1)
		j.start(g.finish)
	}
}

func (g *jobGroup) wait() []error {
	g.wg.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.errs
}
