package kernel

import "testing"

func TestSubscriberLeavesWhilePublishing(t *testing.T) {
	b := NewBroadcaster()
	s := b.Subscribe()
	done := make(chan int)
	go func() { done <- take(s, 2) }()
	for i := 0; i < 50; i++ {
		b.Publish(Quote{Symbol: "ABC", Cents: int64(i)})
	}
	if got := <-done; got != 2 {
		t.Fatalf("took %d quotes, want 2", got)
	}
	if n := b.Len(); n != 0 {
		t.Fatalf("%d subscribers left", n)
	}
}
