package kernel

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

var errTunnelClosed = errors.New("tunnel is closed")

type frame struct {
	stream uint32
	body   []byte
}

// Tunnel carries frames between two ends.
type Tunnel struct {
	frames chan frame
	die    chan struct{}
	closed int32

	errMu sync.Mutex
	err   error

	onClose func(err error)
	wg      sync.WaitGroup
}

// NewTunnel starts a tunnel that sends its frames to handle.
func NewTunnel(handle func(stream uint32, body []byte) error, onClose func(error)) *Tunnel {
	t := &Tunnel{frames: make(chan frame), die: make(chan struct{}), onClose: onClose}
	t.wg.Add(2)
	go t.receive(handle)
	go t.keepAlive(5*time.Millisecond, 4)
	return t
}

func (t *Tunnel) receive(handle func(uint32, []byte) error) {
	defer t.wg.Done()
	for {
		select {
		case f := <-t.frames:
			if err := handle(f.stream, f.body); err != nil {
				t.shutdown(err)
				return
			}
		case <-t.die:
			return
		}
	}
}

func (t *Tunnel) keepAlive(every time.Duration, misses int) {
	defer t.wg.Done()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for i := 0; i < misses; i++ {
		select {
		case <-ticker.C:
		case <-t.die:
			return
		}
	}
	t.shutdown(errors.New("no sign of life"))
}

// Send sends a frame.
func (t *Tunnel) Send(stream uint32, body []byte) error {
	select {
	case t.frames <- frame{stream, body}:
		return nil
	case <-t.die:
		return t.Err()
	}
}

func (t *Tunnel) shutdown(err error) {
	if !atomic.CompareAndSwapInt32(&t.closed, 0, 1) {
		return
	}
	t.errMu.Lock()
	t.err = err
	t.errMu.Unlock()
	close(t.die)
	if t.onClose != nil {
		t.onClose(err)
	}
}

// Err says why the tunnel is closed.
func (t *Tunnel) Err() error {
	t.errMu.Lock()
	defer t.errMu.Unlock()
	return t.err
}

// Close closes the tunnel and waits for its loops.
func (t *Tunnel) Close() error {
	t.shutdown(errTunnelClosed)
	t.wg.Wait()
	return t.Err()
}

// Run closes tunnels from three sides.
func Run() {
	for i := 0; i < 6; i++ {
		var t *Tunnel
		ready := make(chan struct{})
		t = NewTunnel(func(stream uint32, body []byte) error {
			if stream == 3 {
				return errors.New("bad stream")
			}
			return nil
		}, func(error) {
			<-ready
			_ = t.Err()
		})
		close(ready)
		for s := uint32(0); s < uint32(i); s++ {
			if t.Send(s, nil) != nil {
				break
			}
		}
		if i == 5 {
			time.Sleep(30 * time.Millisecond)
		}
		_ = t.Close()
	}
}
