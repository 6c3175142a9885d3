package kernel

import "sync"

type message struct {
	Topic string
	Body  string
}

type subscriber chan message

type publisher struct {
	m    sync.RWMutex
	subs map[subscriber]func(message) bool
}

func newPublisher() *publisher {
	return &publisher{subs: make(map[subscriber]func(message) bool)}
}

func (p *publisher) subscribe(want func(message) bool) subscriber {
	ch := make(subscriber, 1)
	p.m.Lock()
	p.subs[ch] = want
	p.m.Unlock()
	return ch
}

func (p *publisher) evict(ch subscriber) {
	p.m.Lock()
	delete(p.subs, ch)
	p.m.Unlock()
}

func (p *publisher) publish(msg message) {
	p.m.RLock()
	defer p.m.RUnlock()
	for ch, want := range p.subs {
		p.deliver(ch, want, msg)
	}
}

func (p *publisher) deliver(ch subscriber, want func(message) bool, msg message) {
	if want != nil && !want(msg) {
		return
	}
	select {
	case ch <- msg:
	default:
	}
}
