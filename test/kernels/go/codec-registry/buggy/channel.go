package kernel

import (
	"fmt"
	"sync"
)

// Channel sends text through a codec.
type Channel struct {
	codec string
}

// Open opens a channel; a codec of its own may come with it.
func Open(name string, own Codec) *Channel {
	if own != nil {
		Register(name, own)
	}
	return &Channel{codec: name}
}

// Send encodes a text.
func (c *Channel) Send(text string) (string, error) {
	codec, err := Lookup(c.codec)
	if err != nil {
		return "", fmt.Errorf("channel %s: %w", c.codec, err)
	}
	return codec.Encode(text), nil
}

// Run serves some clients, each in its own goroutine.
func Run() {
	clients := []string{"hex", "plain", "custom-1", "custom-2", "custom-3"}
	var wg sync.WaitGroup
	for _, client := range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			serve(client)
		}()
	}
	wg.Wait()
}

func serve(client string) {
	var own Codec
	if len(client) > 5 {
		own = plainCodec{}
	}
	channel := Open(client, own)
	for i := 0; i < 20; i++ {
		_, _ = channel.Send("ping")
	}
}
