package kernel

import "sync"

// Message is what is said on a topic.
type Message struct {
	Topic string
	Text  string
}

// Listener gets the messages of one topic.
type Listener struct {
	topic string
	C     chan Message
	hub   *Hub
}

// Close takes the listener out of its hub.
func (l *Listener) Close() {
	l.hub.leave <- l
}

// Hub passes messages to listeners; one goroutine owns its maps.
type Hub struct {
	join    chan *Listener
	leave   chan *Listener
	publish chan Message
	quit    chan struct{}
	once    sync.Once
}

// NewHub starts a hub.
func NewHub() *Hub {
	h := &Hub{
		join:    make(chan *Listener),
		leave:   make(chan *Listener),
		publish: make(chan Message, 8),
		quit:    make(chan struct{}),
	}
	go h.loop()
	return h
}

func (h *Hub) loop() {
	listeners := make(map[string]map[*Listener]bool)
	for {
		select {
		case l := <-h.join:
			if listeners[l.topic] == nil {
				listeners[l.topic] = make(map[*Listener]bool)
			}
			listeners[l.topic][l] = true
		case l := <-h.leave:
			delete(listeners[l.topic], l)
		case m := <-h.publish:
			for l := range listeners[m.Topic] {
				select {
				case l.C <- m:
				default:
				}
			}
		case <-h.quit:
			return
		}
	}
}

// Listen joins a topic.
func (h *Hub) Listen(topic string) *Listener {
	l := &Listener{topic: topic, C: make(chan Message, 4), hub: h}
	select {
	case h.join <- l:
	case <-h.quit:
	}
	return l
}

// Publish says something.
func (h *Hub) Publish(topic, text string) {
	select {
	case h.publish <- Message{topic, text}:
	case <-h.quit:
	}
}

// Close ends the hub.
func (h *Hub) Close() { h.once.Do(func() { close(h.quit) }) }

// Run listens to two topics and leaves one of them late.
func Run() {
	hub := NewHub()
	news, sport := hub.Listen("news"), hub.Listen("sport")
	hub.Publish("news", "hello")
	news.Close()
	hub.Close()
	sport.Close()
}
