package kernel

import (
	"errors"
	"sync"
)

type piece struct {
	shape string
	done  bool
}

type oven struct {
	mu     sync.Mutex
	free   *sync.Cond
	inside int
	max    int
	off    bool
}

func newOven(max int) *oven {
	o := &oven{max: max}
	o.free = sync.NewCond(&o.mu)
	return o
}

// begin returns with the oven locked; end unlocks it.
func (o *oven) begin() error {
	o.mu.Lock()
	for o.inside == o.max && !o.off {
		o.free.Wait()
	}
	if o.off {
		o.mu.Unlock()
		return errors.New("oven is off")
	}
	o.inside++
	return nil
}

func (o *oven) end() { o.mu.Unlock() }

func (o *oven) out() {
	o.mu.Lock()
	o.inside--
	o.free.Signal()
	o.mu.Unlock()
}

func (o *oven) bake(p *piece) error {
	if err := o.begin(); err != nil {
		return err
	}
	p.done = true
	o.end()
	o.out()
	return nil
}

func (o *oven) shut() {
	o.mu.Lock()
	o.off = true
	o.mu.Unlock()
	o.free.Broadcast()
}

// Run bakes a dozen in an oven for two.
func Run() {
	o := newOven(2)
	var wg sync.WaitGroup
	for i := 0; i < 12; i++ {
		p := &piece{shape: "bowl"}
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = o.bake(p)
		}()
	}
	wg.Wait()
	o.shut()
	if o.bake(&piece{}) == nil {
		panic("baked in a cold oven")
	}
}
