package kernel

import "sync"

type event struct {
	reason  string
	message string
}

type recorder struct {
	component string
	action    func(event)
}

func (r *recorder) eventf(reason, message string) {
	r.action(event{reason: reason, message: r.component + ": " + message})
}

type broadcaster struct {
	incoming chan event
	done     chan struct{}
	stopping sync.Once
	mu       sync.RWMutex
	stopped  bool

	watchers []func(event)
}

func newBroadcaster(watchers ...func(event)) *broadcaster {
	b := &broadcaster{
		incoming: make(chan event, 8),
		done:     make(chan struct{}),
		watchers: watchers,
	}
	go b.distribute()
	return b
}

func (b *broadcaster) distribute() {
	defer close(b.done)
	for e := range b.incoming {
		for _, w := range b.watchers {
			w(e)
		}
	}
}

func (b *broadcaster) action(e event) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.stopped {
		return
	}
	b.incoming <- e
}

func (b *broadcaster) newRecorder(component string) *recorder {
	return &recorder{component: component, action: b.action}
}

func (b *broadcaster) shutdown() {
	b.stopping.Do(func() {
		b.mu.Lock()
		b.stopped = true
		b.mu.Unlock()
		close(b.incoming)
		<-b.done
	})
}
