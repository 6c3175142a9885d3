package kernel

import "sync"

// Run lets three subscribers take a few quotes each.
func Run() {
	b := NewBroadcaster()
	var readers sync.WaitGroup
	for want := 1; want <= 3; want++ {
		s := b.Subscribe()
		readers.Add(1)
		go func(want int) {
			defer readers.Done()
			take(s, want)
		}(want)
	}
	for i := int64(0); b.Len() > 0 && i < 1000; i++ {
		b.Publish(Quote{Symbol: "XYZ", Cents: 100 + i})
	}
	readers.Wait()
}

func take(s *Subscriber, want int) int {
	got := 0
	for range s.Quotes() {
		if got++; got == want {
			s.Leave()
			break
		}
	}
	return got
}
