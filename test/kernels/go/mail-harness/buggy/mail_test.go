package kernel

import (
	"testing"
	"time"
)

func TestMailIsRetried(t *testing.T) {
	outbox, transport := NewTestOutbox(t, 2)
	outbox.Send(Mail{To: "cat@example.org", Body: "hi"})
	transport.await(3)
}

func TestMailIsRetriedOften(t *testing.T) {
	outbox, transport := NewTestOutbox(t, 1000)
	outbox.Send(Mail{To: "dan@example.org"})
	transport.await(5)
}

func TestIdleOutboxTriesNothing(t *testing.T) {
	_, transport := NewTestOutbox(t, 0)
	time.Sleep(100 * time.Millisecond)
	if n := transport.attempts.Load(); n != 0 {
		t.Errorf("%d attempts", n)
	}
}
