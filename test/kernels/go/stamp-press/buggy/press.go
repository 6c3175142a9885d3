package kernel

import (
	"errors"
	"sync"
)

type sheet struct {
	number int
	torn   bool
}

type press struct {
	feed    chan sheet
	pending sync.WaitGroup
	printed int
	quit    chan struct{}
}

func (p *press) print(s sheet) error {
	if s.torn {
		return errors.New("torn")
	}
	p.printed++
	return nil
}

func (p *press) roll() {
	for {
		select {
		case s := <-p.feed:
			if err := p.print(s); err != nil {
				continue
			}
			p.pending.Done()
		case <-p.quit:
			return
		}
	}
}

func (p *press) submit(s sheet) {
	p.pending.Add(1)
	p.feed <- s
}

func (p *press) drain() {
	p.pending.Wait()
	close(p.quit)
}

// Run prints four sheets, one of them torn.
func Run() {
	p := &press{feed: make(chan sheet, 4), quit: make(chan struct{})}
	go p.roll()
	for i := 0; i < 4; i++ {
		p.submit(sheet{number: i, torn: i == 2})
	}
	p.drain()
}
