package berths

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestAllShipsMoor(t *testing.T) {
	harbour := NewHarbour(2)
	if n := fleet(harbour, 6, time.Second); n != 6 {
		t.Fatalf("%d ships came, want 6", n)
	}
	if harbour.Free() != 2 || len(harbour.Log()) != 12 {
		t.Fatalf("%d free, log %v", harbour.Free(), harbour.Log())
	}
}

func TestFullHarbour(t *testing.T) {
	harbour := NewHarbour(1)
	leave, err := harbour.Moor(context.Background(), "first")
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	refused := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		_, err := harbour.Moor(ctx, "second")
		refused <- err
	}()
	select {
	case err := <-refused:
		if !errors.Is(err, ErrFull) {
			t.Fatalf("got %v", err)
		}
	case <-time.After(time.Second):
		t.Fatal("nobody was refused")
	}
}
