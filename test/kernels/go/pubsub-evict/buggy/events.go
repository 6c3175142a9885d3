package kernel

import (
	"sync"
	"time"
)

type eventsService struct {
	pub  *publisher
	pace time.Duration
	mu   sync.Mutex
	seen []string
}

func (e *eventsService) log(action, id string) {
	e.pub.publish(message{Topic: action, Body: id})
}

func (e *eventsService) follow(limit int) func() {
	ch := e.pub.subscribe(func(m message) bool { return m.Topic != "exec" })
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.record(ch, limit)
		e.pub.evict(ch)
	}()
	return func() { <-done }
}

func (e *eventsService) record(ch subscriber, limit int) {
	for i := 0; i < limit; i++ {
		m := <-ch
		e.mu.Lock()
		e.seen = append(e.seen, m.Body)
		e.mu.Unlock()
		time.Sleep(e.pace)
	}
}

// Run follows the first events of many.
func Run() {
	e := &eventsService{pub: newPublisher(), pace: time.Millisecond}
	wait := e.follow(2)
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		e.log("start", id)
	}
	wait()
}
