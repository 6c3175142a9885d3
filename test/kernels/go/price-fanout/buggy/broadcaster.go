package kernel

import "sync"

// Quote is one price.
type Quote struct {
	Symbol string
	Cents  int64
}

// Subscriber receives quotes until it unsubscribes.
type Subscriber struct {
	quotes chan Quote
	from   *Broadcaster
}

// Quotes is where quotes arrive.
func (s *Subscriber) Quotes() <-chan Quote { return s.quotes }

// Leave ends the subscription.
func (s *Subscriber) Leave() { s.from.remove(s) }

// Broadcaster hands every quote to all subscribers.
type Broadcaster struct {
	mu   sync.RWMutex
	subs map[*Subscriber]struct{}
	sent int
}

// NewBroadcaster returns a broadcaster without subscribers.
func NewBroadcaster() *Broadcaster {
	return &Broadcaster{subs: make(map[*Subscriber]struct{})}
}

// Subscribe adds a subscriber.
func (b *Broadcaster) Subscribe() *Subscriber {
	s := &Subscriber{quotes: make(chan Quote), from: b}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs[s] = struct{}{}
	return s
}

func (b *Broadcaster) remove(s *Subscriber) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.subs[s]; !ok {
		return
	}
	delete(b.subs, s)
	close(s.quotes)
}

// Publish hands out a quote.
func (b *Broadcaster) Publish(q Quote) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for s := range b.subs {
		s.quotes <- q
	}
}

// Len counts the subscribers.
func (b *Broadcaster) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.subs)
}
