package kernel

import (
	"sort"
	"sync"
)

type eventKind int

const (
	peerUp eventKind = iota
	peerDown
)

type listener func(kind eventKind, addr string)

type peerSet struct {
	sync.Mutex
	scores    map[string]int
	listeners []listener
}

func newPeerSet() *peerSet {
	return &peerSet{scores: make(map[string]int)}
}

func (p *peerSet) listen(l listener) {
	p.Lock()
	defer p.Unlock()
	p.listeners = append(p.listeners, l)
}

func (p *peerSet) up(addr string, score int) {
	p.Lock()
	p.scores[addr] = score
	listeners := p.listeners
	p.Unlock()
	emit(listeners, peerUp, addr)
}

func (p *peerSet) down(addr string) {
	p.Lock()
	if _, ok := p.scores[addr]; !ok {
		p.Unlock()
		return
	}
	delete(p.scores, addr)
	listeners := p.listeners
	p.Unlock()
	emit(listeners, peerDown, addr)
}

func emit(listeners []listener, kind eventKind, addr string) {
	for _, l := range listeners {
		l(kind, addr)
	}
}

func (p *peerSet) best(n int) []string {
	p.Lock()
	defer p.Unlock()
	list := make([]string, 0, len(p.scores))
	for a := range p.scores {
		list = append(list, a)
	}
	sort.Slice(list, func(i, j int) bool { return p.scores[list[i]] > p.scores[list[j]] })
	return list[:min(n, len(list))]
}
