package kernel

import (
	"context"
	"sync"
	"time"
)

// Target is where a tunnel leads.
type Target struct {
	Host string
	Port int
}

// Tunnel keeps a connection to a target alive.
type Tunnel struct {
	mu     sync.Mutex
	target Target
	cancel context.CancelFunc
	beats  map[string]int
	every  time.Duration
}

// NewTunnel returns a tunnel that is not open.
func NewTunnel(every time.Duration) *Tunnel {
	return &Tunnel{every: every, beats: make(map[string]int)}
}

// Open leads the tunnel to a target.
func (t *Tunnel) Open(target Target) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cancel != nil {
		t.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.target = target
	t.cancel = cancel
	go t.keepAlive(ctx, target)
}

// Retarget leads it elsewhere.
func (t *Tunnel) Retarget(host string) {
	t.mu.Lock()
	target := t.target
	t.mu.Unlock()
	target.Host = host
	t.Open(target)
}

func (t *Tunnel) keepAlive(ctx context.Context, target Target) {
	ticker := time.NewTicker(t.every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			t.beat(target.Host)
		case <-ctx.Done():
			return
		}
	}
}

func (t *Tunnel) beat(host string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.beats[host]++
}

// Close ends the tunnel.
func (t *Tunnel) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
}

// Run opens a tunnel and leads it elsewhere.
func Run() {
	tunnel := NewTunnel(time.Millisecond)
	tunnel.Open(Target{Host: "north", Port: 22})
	tunnel.Retarget("south")
	time.Sleep(3 * time.Millisecond)
	tunnel.Close()
}
