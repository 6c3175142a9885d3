package kernel

import (
	"fmt"
	"sync"
)

// Command is sent to a device and answered by it.
type Command struct {
	Verb  string
	reply chan string
}

// Session is the gateway's end of one device connection.
type Session struct {
	id       string
	commands chan *Command
	gateway  *Gateway
}

// Handler turns a verb into an answer.
type Handler func(device, verb string) string

// Gateway knows the devices and what to do with their verbs.
type Gateway struct {
	lock     sync.Mutex
	sessions map[string]*Session
	handlers map[string]Handler
	wg       sync.WaitGroup
}

// NewGateway returns an empty gateway.
func NewGateway() *Gateway {
	return &Gateway{
		sessions: make(map[string]*Session),
		handlers: make(map[string]Handler),
	}
}

// Handle registers what a verb does.
func (g *Gateway) Handle(verb string, handler Handler) {
	g.lock.Lock()
	defer g.lock.Unlock()
	g.handlers[verb] = handler
}

// Attach adds a device and serves it.
func (g *Gateway) Attach(id string) *Session {
	session := &Session{id: id, commands: make(chan *Command, 4), gateway: g}
	g.lock.Lock()
	g.sessions[id] = session
	g.lock.Unlock()
	g.wg.Add(1)
	go session.serve()
	return session
}

func (s *Session) serve() {
	defer s.gateway.wg.Done()
	for command := range s.commands {
		handler := s.gateway.handlerFor(command.Verb)
		if handler == nil {
			command.reply <- "unknown verb"
			continue
		}
		command.reply <- handler(s.id, command.Verb)
	}
}

func (g *Gateway) handlerFor(verb string) Handler {
	g.lock.Lock()
	defer g.lock.Unlock()
	return g.handlers[verb]
}

func (s *Session) do(verb string) string {
	command := &Command{Verb: verb, reply: make(chan string, 1)}
	s.commands <- command
	return <-command.reply
}

// Send asks one device to do something.
func (g *Gateway) Send(id, verb string) (string, error) {
	g.lock.Lock()
	session, ok := g.sessions[id]
	g.lock.Unlock()
	if !ok {
		return "", fmt.Errorf("no device %q", id)
	}
	return session.do(verb), nil
}

// SendAll asks every device, one after the other.
func (g *Gateway) SendAll(verb string) map[string]string {
	g.lock.Lock()
	defer g.lock.Unlock()
	answers := make(map[string]string, len(g.sessions))
	for id, session := range g.sessions {
		answers[id] = session.do(verb)
	}
	return answers
}

// Close hangs up on every device.
func (g *Gateway) Close() {
	g.lock.Lock()
	for id, session := range g.sessions {
		close(session.commands)
		delete(g.sessions, id)
	}
	g.lock.Unlock()
	g.wg.Wait()
}

// Run reboots two devices.
func Run() {
	gateway := NewGateway()
	gateway.Handle("reboot", func(device, verb string) string { return device + " is back" })
	gateway.Attach("door")
	gateway.Attach("lamp")
	_, _ = gateway.Send("door", "reboot")
	_ = gateway.SendAll("reboot")
	gateway.Close()
}
