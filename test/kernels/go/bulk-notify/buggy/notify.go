package kernel

import (
	"sync"
	"time"
)

// Mail is for somebody.
type Mail struct{ To, Text string }

// Post delivers mail.
type Post interface {
	Deliver(Mail) error
}

// Notifier delivers mail in the background and tries again what fails.
type Notifier struct {
	post  Post
	queue chan Mail
	wg    sync.WaitGroup
	pause time.Duration
}

// NewNotifier starts so many deliverers.
func NewNotifier(post Post, deliverers int) *Notifier {
	n := &Notifier{post: post, queue: make(chan Mail, 16), pause: time.Millisecond}
	for i := 0; i < deliverers; i++ {
		n.wg.Add(1)
		go n.deliver()
	}
	return n
}

func (n *Notifier) deliver() {
	defer n.wg.Done()
	for mail := range n.queue {
		if err := n.post.Deliver(mail); err != nil {
			n.later(mail)
		}
	}
}

func (n *Notifier) later(mail Mail) {
	time.AfterFunc(n.pause, func() {
		n.queue <- mail
	})
}

// Notify queues mail.
func (n *Notifier) Notify(mail Mail) { n.queue <- mail }

// Close delivers what is queued.
func (n *Notifier) Close() {
	close(n.queue)
	n.wg.Wait()
}

type moodyPost struct {
	mu    sync.Mutex
	tried map[string]int
}

type moodError struct{}

func (moodError) Error() string { return "not now" }

func (p *moodyPost) Deliver(m Mail) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tried[m.To]++
	if p.tried[m.To] == 1 {
		return moodError{}
	}
	return nil
}

// Run notifies two people.
func Run() {
	n := NewNotifier(&moodyPost{tried: make(map[string]int)}, 2)
	n.Notify(Mail{"ann", "hello"})
	n.Notify(Mail{"bob", "hello"})
	n.Close()
	time.Sleep(5 * time.Millisecond)
}
