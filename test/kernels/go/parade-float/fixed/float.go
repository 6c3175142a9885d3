package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

type band interface {
	Play(ctx context.Context) error
}

type parade struct {
	stopped chan struct{}
	bands   []band
	wg      sync.WaitGroup
	once    sync.Once
}

func (p *parade) march(ctx context.Context) {
	for _, b := range p.bands {
		p.wg.Add(1)
		go func() {
			defer p.wg.Done()
			if err := b.Play(ctx); err != nil {
				p.stop()
			}
		}()
	}
}

func (p *parade) stop() {
	p.once.Do(func() { close(p.stopped) })
}

func (p *parade) wait(ctx context.Context) error {
	defer p.wg.Wait()
	select {
	case <-p.stopped:
		return errors.New("stopped")
	case <-ctx.Done():
		return ctx.Err()
	}
}

type brass struct{ wet *sync.WaitGroup }

func (b brass) Play(context.Context) error {
	b.wet.Wait()
	return errors.New("rain")
}

// Run rains on many parades.
func Run() {
	deadline := time.Now().Add(1500 * time.Millisecond)
	for time.Now().Before(deadline) {
		rain := &sync.WaitGroup{}
		rain.Add(1)
		p := &parade{stopped: make(chan struct{})}
		for i := 0; i < 8; i++ {
			p.bands = append(p.bands, brass{rain})
		}
		p.march(context.Background())
		rain.Done()
		_ = p.wait(context.Background())
	}
}
