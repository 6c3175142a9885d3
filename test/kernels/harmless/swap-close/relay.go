package kernel

import (
	"io"
	"sync"
)

type relay struct {
	s  *chunkStream
	wg sync.WaitGroup
	mu sync.Mutex
	in int
}

func newRelay() *relay {
	r := &relay{s: newChunkStream()}
	r.wg.Add(1)
	go r.copyOut(r.s.chunks())
	return r
}

func (r *relay) copyOut(c <-chan []byte) {
	defer r.wg.Done()
	for p := range c {
		r.mu.Lock()
		r.in += len(p)
		r.mu.Unlock()
	}
}

// Run relays chunks while two parties end the stream.
func Run() {
	r := newRelay()
	r.wg.Add(3)
	go func() {
		defer r.wg.Done()
		for r.s.offer([]byte("abc")) {
		}
	}()
	go func() {
		defer r.wg.Done()
		r.s.fail(io.ErrUnexpectedEOF)
	}()
	go func() {
		defer r.wg.Done()
		r.s.finish()
	}()
	r.wg.Wait()
}
