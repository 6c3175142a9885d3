package kernel

import (
	"sync"
	"time"
)

// Topic names a stream of events.
type Topic string

type event struct {
	topic Topic
	seq   int
}

type subscription struct {
	topic Topic
	out   chan event
}

// Policy decides what is done about a subscriber that is slow.
type Policy interface {
	Deliver(out chan<- event, ev event)
}

type dropPolicy struct{}

func (dropPolicy) Deliver(out chan<- event, ev event) {
	select {
	case out <- ev:
	default:
	}
}

type patientPolicy struct{ wait time.Duration }

func (p patientPolicy) Deliver(out chan<- event, ev event) {
	t := time.NewTimer(p.wait)
	defer t.Stop()
	select {
	case out <- ev:
	case <-t.C:
	}
}

// Broker spreads events by topic.
type Broker struct {
	policy Policy
	buffer int

	mu   sync.RWMutex
	subs map[Topic]map[*subscription]struct{}
	seq  int
}

// NewBroker returns a broker with a policy.
func NewBroker(policy Policy, buffer int) *Broker {
	return &Broker{policy: policy, buffer: buffer, subs: make(map[Topic]map[*subscription]struct{})}
}

// Subscribe follows a topic until the returned function is called.
func (b *Broker) Subscribe(topic Topic) (<-chan event, func()) {
	s := &subscription{topic: topic, out: make(chan event, b.buffer)}
	b.mu.Lock()
	if b.subs[topic] == nil {
		b.subs[topic] = make(map[*subscription]struct{})
	}
	b.subs[topic][s] = struct{}{}
	b.mu.Unlock()
	return s.out, func() { b.unsubscribe(s) }
}

func (b *Broker) unsubscribe(s *subscription) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.subs[s.topic][s]; !ok {
		return
	}
	delete(b.subs[s.topic], s)
	close(s.out)
}

func (b *Broker) targets(topic Topic) ([]*subscription, int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seq++
	list := make([]*subscription, 0, len(b.subs[topic]))
	for s := range b.subs[topic] {
		list = append(list, s)
	}
	return list, b.seq
}

// Publish sends an event to all who follow its topic.
func (b *Broker) Publish(topic Topic) {
	list, seq := b.targets(topic)
	for _, s := range list {
		b.policy.Deliver(s.out, event{topic, seq})
	}
}

// Run subscribes and unsubscribes while events are published.
func Run() {
	b := NewBroker(dropPolicy{}, 1)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-stop:
				return
			default:
				b.Publish("nodes")
			}
		}
	}()
	go func() {
		defer wg.Done()
		defer close(stop)
		for i := 0; i < 20000; i++ {
			events, cancel := b.Subscribe("nodes")
			select {
			case <-events:
			default:
			}
			cancel()
		}
	}()
	wg.Wait()
}
