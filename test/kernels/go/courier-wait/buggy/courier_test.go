package kernel

import (
	"errors"
	"testing"
	"time"
)

func TestDeliverAtSecondTry(t *testing.T) {
	rings := 0
	door := doorFunc(func() error {
		if rings++; rings < 2 {
			return ErrAway
		}
		return nil
	})
	courier := NewCourier(3, time.Millisecond)
	if err := within(time.Second, func() error { return courier.Deliver(door) }); err != nil {
		t.Fatal(err)
	}
	if courier.Delivered() != 1 {
		t.Fatal("nothing was delivered")
	}
}

func TestDeliverTakesItsTime(t *testing.T) {
	courier := NewCourier(50, time.Millisecond)
	done := make(chan error)
	go func() {
		done <- courier.Deliver(doorFunc(func() error { return ErrAway }))
	}()
	select {
	case err := <-done:
		t.Fatalf("gave up early: %v", err)
	case <-time.After(5 * time.Millisecond):
	}
}

func TestNobodyAtHome(t *testing.T) {
	courier := NewCourier(2, time.Microsecond)
	err := within(time.Second, func() error {
		return courier.Deliver(doorFunc(func() error { return ErrAway }))
	})
	if !errors.Is(err, ErrAway) {
		t.Fatalf("got %v", err)
	}
}
