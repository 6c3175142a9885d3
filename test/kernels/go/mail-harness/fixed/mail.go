package kernel

import (
	"sync"
	"time"
)

// Mail is one message.
type Mail struct {
	To   string
	Body string
}

// Transport delivers mail.
type Transport interface {
	Deliver(Mail) error
}

// Outbox delivers mail in the background.
type Outbox struct {
	transport Transport
	retry     time.Duration
	mails     chan Mail
	quit      chan struct{}
	wg        sync.WaitGroup
}

// NewOutbox starts an outbox.
func NewOutbox(transport Transport, retry time.Duration) *Outbox {
	o := &Outbox{
		transport: transport,
		retry:     retry,
		mails:     make(chan Mail, 32),
		quit:      make(chan struct{}),
	}
	o.wg.Add(1)
	go o.loop()
	return o
}

func (o *Outbox) loop() {
	defer o.wg.Done()
	for {
		select {
		case mail := <-o.mails:
			for o.transport.Deliver(mail) != nil {
				select {
				case <-time.After(o.retry):
				case <-o.quit:
					return
				}
			}
		case <-o.quit:
			return
		}
	}
}

// Send queues a mail, unless the outbox is closed.
func (o *Outbox) Send(mail Mail) {
	select {
	case o.mails <- mail:
	case <-o.quit:
	}
}

// Close ends the outbox.
func (o *Outbox) Close() {
	close(o.quit)
	o.wg.Wait()
}
