package kernel

import "sync"

type plot struct {
	id   int
	area float64
}

type survey struct {
	mu    sync.Mutex
	plots map[int]*plot
	sum   float64
	teams sync.WaitGroup
}

func (s *survey) measure(p *plot) {
	defer s.teams.Done()
	p.area = float64(p.id) * 1.5
	s.add(p.area)
}

func (s *survey) add(area float64) {
	s.mu.Lock()
	s.sum += area
	s.mu.Unlock()
}

func (s *survey) all() float64 {
	s.mu.Lock()
	for _, p := range s.plots {
		s.teams.Add(1)
		go s.measure(p)
	}
	s.mu.Unlock()
	s.teams.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sum
}

// Run measures three plots.
func Run() {
	s := &survey{plots: map[int]*plot{1: {id: 1}, 2: {id: 2}, 3: {id: 3}}}
	if s.all() != 9 {
		panic("wrong")
	}
}
