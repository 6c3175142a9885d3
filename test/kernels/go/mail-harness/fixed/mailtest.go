package kernel

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

// busyTransport refuses mail and fails a test when a mail is tried too often.
type busyTransport struct {
	t        testing.TB
	refuse   int32
	limit    int32
	attempts atomic.Int32
}

// Deliver implements Transport.
func (b *busyTransport) Deliver(mail Mail) error {
	attempt := b.attempts.Add(1)
	if attempt > b.limit {
		b.t.Errorf("mail to %s was tried %d times", mail.To, attempt)
	}
	if attempt <= b.refuse {
		return errors.New("mailbox is busy")
	}
	return nil
}

func (b *busyTransport) await(attempts int32) {
	for b.attempts.Load() < attempts {
		time.Sleep(100 * time.Microsecond)
	}
}

// NewTestOutbox returns an outbox for a test whose mail is refused so many times.
func NewTestOutbox(t testing.TB, refuse int32) (*Outbox, *busyTransport) {
	t.Helper()
	transport := &busyTransport{t: t, refuse: refuse, limit: 20}
	outbox := NewOutbox(transport, time.Millisecond)
	t.Cleanup(outbox.Close)
	return outbox, transport
}
