package kernel

import "testing"

func TestReleaseWakesAllThatFit(t *testing.T) {
	gate := NewGate(3)
	bulkThenSmall(gate, 3)
	if gate.TryAcquire(1) {
		t.Fatal("a permit was left over")
	}
	gate.Release(3)
	if !gate.TryAcquire(3) {
		t.Fatal("permits were lost")
	}
}
