package kernel

import (
	"strconv"
	"sync"
	"time"
)

// Peer is somebody that a queue sends to.
type Peer struct {
	mu      sync.Mutex
	name    string
	pending int
	queue   *Queue
}

// Queue hands transfers to peers.
type Queue struct {
	mu    sync.RWMutex
	peers map[string]*Peer
	total int
}

// NewQueue returns a queue without peers.
func NewQueue() *Queue {
	return &Queue{peers: make(map[string]*Peer)}
}

// Attach adds a peer.
func (q *Queue) Attach(name string) *Peer {
	peer := &Peer{name: name, queue: q}
	q.mu.Lock()
	q.peers[name] = peer
	q.mu.Unlock()
	return peer
}

// Pending sums up what the peers have to do.
func (q *Queue) Pending() int {
	q.mu.RLock()
	defer q.mu.RUnlock()
	sum := 0
	for _, peer := range q.peers {
		time.Sleep(time.Millisecond)
		sum += peer.load()
	}
	return sum
}

func (q *Queue) finished(name string, count int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.total += count
	if count == 0 {
		delete(q.peers, name)
	}
}

func (p *Peer) load() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pending
}

// Add gives the peer something to do.
func (p *Peer) Add(count int) {
	p.mu.Lock()
	p.pending += count
	p.mu.Unlock()
}

// Drain does all that is pending and tells the queue.
func (p *Peer) Drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	done := p.pending
	p.pending = 0
	time.Sleep(time.Millisecond)
	p.queue.finished(p.name, done)
}

// Run drains peers while somebody looks at the queue.
func Run() {
	queue := NewQueue()
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		peer := queue.Attach("peer-" + strconv.Itoa(i))
		wg.Add(1)
		go func() {
			defer wg.Done()
			for turn := 0; turn < 30; turn++ {
				peer.Add(1)
				peer.Drain()
			}
		}()
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		for turn := 0; turn < 30; turn++ {
			_ = queue.Pending()
		}
	}()
	wg.Wait()
}
