// Package drainhub has a loop that goes on until all have left, so that nobody sends to nobody.
package drainhub

import "sync"

// Client is somebody at the hub.
type Client struct {
	hub *Hub
	got chan string
}

// Leave takes the client out; afterwards its channel is closed.
func (c *Client) Leave() { c.hub.leave <- c }

// Hub passes texts to its clients.
type Hub struct {
	join    chan *Client
	leave   chan *Client
	texts   chan string
	closing chan struct{}
	done    chan struct{}
	once    sync.Once
}

// New starts a hub.
func New() *Hub {
	h := &Hub{
		join: make(chan *Client), leave: make(chan *Client), texts: make(chan string),
		closing: make(chan struct{}), done: make(chan struct{}),
	}
	go h.loop()
	return h
}

func (h *Hub) loop() {
	defer close(h.done)
	clients := map[*Client]bool{}
	closing := h.closing
	for closing != nil || len(clients) > 0 {
		select {
		case c := <-h.join:
			clients[c] = true
		case c := <-h.leave:
			delete(clients, c)
			close(c.got)
		case text := <-h.texts:
			for c := range clients {
				select {
				case c.got <- text:
				default:
				}
			}
		case <-closing:
			closing = nil
		}
	}
}

// Join adds a client, if the hub is open.
func (h *Hub) Join() (*Client, bool) {
	c := &Client{hub: h, got: make(chan string, 4)}
	select {
	case <-h.closing:
		return nil, false
	case h.join <- c:
		return c, true
	}
}

// Say passes a text on, if anybody is there.
func (h *Hub) Say(text string) {
	select {
	case h.texts <- text:
	case <-h.done:
	}
}

// Close ends the hub when the last client has left.
func (h *Hub) Close() { h.once.Do(func() { close(h.closing) }) }

// Run joins and leaves.
func Run() {
	h := New()
	a, _ := h.Join()
	b, _ := h.Join()
	h.Say("hello")
	a.Leave()
	h.Close()
	b.Leave()
	<-h.done
	h.Say("anybody")
}
