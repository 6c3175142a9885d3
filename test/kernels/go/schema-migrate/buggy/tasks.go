package kernel

import "sync"

type taskSet struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func (t *taskSet) Go(f func() error) {
	t.wg.Add(1)
	go func() {
		defer t.wg.Done()
		if err := f(); err != nil {
			t.once.Do(func() { t.err = err })
		}
	}()
}

func (t *taskSet) Wait() error {
	t.wg.Wait()
	return t.err
}
