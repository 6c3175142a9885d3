package kernel

import "sync"

type line struct {
	depot *Depot
	runs  int
}

func (l *line) run(broken bool) error {
	t, err := l.depot.Leave()
	if err != nil {
		return err
	}
	l.runs++
	l.depot.Return(t, broken)
	return nil
}

// Run drives two lines out of one depot.
func Run() {
	empty := 0
	d := NewDepot(6, func() { empty++ })
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		l := &line{depot: d}
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := 0; n < 50; n++ {
				if l.run(n == 49) != nil {
					return
				}
			}
		}()
	}
	for i := 0; i < 50; i++ {
		d.Free()
	}
	wg.Wait()
}
