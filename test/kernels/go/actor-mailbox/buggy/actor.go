package kernel

import "sync"

type envelope struct {
	kind string
	body int
}

type behaviour interface {
	receive(e envelope)
}

type actor struct {
	inbox chan envelope
	wg    sync.WaitGroup
	self  behaviour
}

func (a *actor) spawn(depth int) {
	a.inbox = make(chan envelope, depth)
	a.wg.Add(1)
	go a.pump()
}

func (a *actor) pump() {
	defer a.wg.Done()
	for e := range a.inbox {
		if a.self != nil {
			a.self.receive(e)
		}
	}
}

func (a *actor) tell(e envelope) { a.inbox <- e }

func (a *actor) halt() {
	close(a.inbox)
	a.wg.Wait()
}
