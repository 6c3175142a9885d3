package kernel

import "testing"

func TestEverybodyLeaves(t *testing.T) {
	for round := 0; round < 15; round++ {
		lounge := NewLounge()
		comeAndGo(lounge, 4)
		if size := lounge.Size(); size != 0 {
			t.Fatalf("%d members stayed", size)
		}
	}
}

func TestLeaveTwice(t *testing.T) {
	lounge := NewLounge()
	member := Join(lounge, "gus", toDisk)
	member.Leave()
	member.Leave()
	if lounge.Size() != 0 {
		t.Fatal("gus is still there")
	}
}
