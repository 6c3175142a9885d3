package kernel

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errClosed = errors.New("puller is closed")

type pullResult struct {
	body []byte
	err  error
}

type pullRequest struct {
	digest string
	done   chan pullResult
}

// Puller pulls layers with a fixed number of workers.
type Puller struct {
	backend  Backend
	requests chan *pullRequest
	quit     chan struct{}
	workers  sync.WaitGroup
}

// NewPuller starts the workers.
func NewPuller(backend Backend, workers int) *Puller {
	p := &Puller{backend: backend, requests: make(chan *pullRequest), quit: make(chan struct{})}
	for i := 0; i < workers; i++ {
		p.workers.Add(1)
		go p.work()
	}
	return p
}

func newRequest(digest string) *pullRequest {
	return &pullRequest{digest: digest, done: make(chan pullResult, 1)}
}

func (p *Puller) work() {
	defer p.workers.Done()
	for {
		select {
		case req := <-p.requests:
			p.serve(req)
		case <-p.quit:
			return
		}
	}
}

func (p *Puller) serve(req *pullRequest) {
	body, err := p.backend.Pull(req.digest)
	req.done <- pullResult{body, err}
}

// Pull brings a layer, or gives up with the context.
func (p *Puller) Pull(ctx context.Context, digest string) ([]byte, error) {
	req := newRequest(digest)
	select {
	case p.requests <- req:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.quit:
		return nil, errClosed
	}
	select {
	case res := <-req.done:
		return res.body, res.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close ends the workers and waits for them.
func (p *Puller) Close() {
	close(p.quit)
	p.workers.Wait()
}

// Run pulls from a fast backend and from a slow one.
func Run() {
	fast := NewPuller(&localBackend{layers: map[string][]byte{"sha:1": []byte("x")}}, 2)
	_, _ = fast.Pull(context.Background(), "sha:1")
	fast.Close()

	slow := NewPuller(&remoteBackend{latency: 30 * time.Millisecond}, 2)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	_, _ = slow.Pull(ctx, "sha:2")
	slow.Close()
}
