package kernel

import "sync"

type fileInfo struct {
	Name   string
	Blocks int
}

type progress struct {
	mut    sync.Mutex
	active map[string]int
	onDone func(name string)
}

func (p *progress) begin(name string, blocks int) {
	p.mut.Lock()
	p.active[name] = blocks
	p.mut.Unlock()
}

func (p *progress) block(name string) {
	p.mut.Lock()
	defer p.mut.Unlock()
	left, ok := p.active[name]
	if !ok {
		return
	}
	if left > 1 {
		p.active[name] = left - 1
		return
	}
	delete(p.active, name)
	if p.onDone != nil {
		p.onDone(name)
	}
}

func (p *progress) outstanding() int {
	p.mut.Lock()
	defer p.mut.Unlock()
	n := 0
	for _, left := range p.active {
		n += left
	}
	return n
}

type model struct {
	fmut     sync.RWMutex
	done     map[string]bool
	progress *progress
}

type report struct {
	Done, Outstanding int
}

func newModel() *model {
	m := &model{done: make(map[string]bool)}
	m.progress = &progress{active: make(map[string]int), onDone: m.finished}
	return m
}

func (m *model) finished(name string) {
	m.fmut.Lock()
	m.done[name] = true
	m.fmut.Unlock()
}

func (m *model) completion() (r report) {
	m.fmut.RLock()
	defer m.fmut.RUnlock()
	r.Done = len(m.done)
	r.Outstanding = m.progress.outstanding()
	return r
}

func (m *model) pull(files []fileInfo) {
	for _, f := range files {
		m.progress.begin(f.Name, f.Blocks)
		for i := 0; i < f.Blocks; i++ {
			m.progress.block(f.Name)
		}
	}
}

type service struct {
	m    *model
	stop chan struct{}
}

func (s *service) serve(out chan<- report) {
	defer close(out)
	for {
		select {
		case <-s.stop:
			return
		default:
			r := s.m.completion()
			select {
			case out <- r:
			default:
			}
		}
	}
}

// Run pulls files while the completion is being asked for.
func Run() {
	s := &service{m: newModel(), stop: make(chan struct{})}
	reports := make(chan report, 1)
	go s.serve(reports)
	for i := 0; i < 10000; i++ {
		s.m.pull([]fileInfo{{"a.txt", 2}, {"b.txt", 1}})
	}
	close(s.stop)
	for range reports {
	}
}
