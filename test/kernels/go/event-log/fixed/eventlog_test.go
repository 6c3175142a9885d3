package kernel

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

func TestNothingIsLost(t *testing.T) {
	var written atomic.Int32
	log := NewLog(4, func(Event) error { written.Add(1); return nil })
	emitFrom(log, 3, 20).Wait()
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if n := written.Load(); n != 60 {
		t.Fatalf("%d events were written, want 60", n)
	}
}

func TestCloseWhileBusy(t *testing.T) {
	log := NewLog(0, func(Event) error { time.Sleep(time.Millisecond); return nil })
	emitters := emitFrom(log, 3, 50)
	time.Sleep(3 * time.Millisecond)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	emitters.Wait()
	if err := log.Emit("late"); !errors.Is(err, ErrClosed) {
		t.Fatalf("got %v, want %v", err, ErrClosed)
	}
}
