package kernel

import (
	"strconv"
	"sync"
	"time"
)

// Guest is somebody in a room.
type Guest struct {
	name  string
	room  *Room
	inbox chan Message
}

func newGuest(room *Room, name string, inbox int) *Guest {
	return &Guest{name: name, room: room, inbox: make(chan Message, inbox)}
}

func (g *Guest) deliver(message Message) {
	g.inbox <- message
}

// Read calls handle with every message until the guest leaves.
func (g *Guest) Read(handle func(Message)) {
	for message := range g.inbox {
		handle(message)
	}
}

// Leave takes the guest out of the room.
func (g *Guest) Leave() {
	if guest, ok := g.room.leave(g.name); ok {
		close(guest.inbox)
	}
}

// Run lets a slow guest leave while others talk.
func Run() {
	room := NewRoom()
	slow := room.Enter("slow", 1)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		slow.Read(func(Message) { time.Sleep(5 * time.Millisecond) })
	}()
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			for n := 0; n < 5; n++ {
				room.Say(name, "hello "+strconv.Itoa(n))
			}
		}("talker " + strconv.Itoa(i))
	}
	time.Sleep(8 * time.Millisecond)
	slow.Leave()
	wg.Wait()
}
