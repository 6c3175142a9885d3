// Package clock is a cheap clock for programs that ask for the time very often.
package clock

import (
	"sync"
	"sync/atomic"
	"time"
)

const resolution = time.Millisecond

var (
	now   atomic.Int64
	start sync.Once

	events  = make(chan string, 128)
	counts  = map[string]int{}
	queries = make(chan chan map[string]int)
)

func init() {
	// Counts belong to this goroutine alone.
	go func() {
		for {
			select {
			case name := <-events:
				counts[name]++
			case reply := <-queries:
				copied := make(map[string]int, len(counts))
				for name, n := range counts {
					copied[name] = n
				}
				reply <- copied
			}
		}
	}()
}

func run() {
	for {
		time.Sleep(resolution)
		now.Store(time.Now().UnixNano())
	}
}

// Now is the time, as of a moment ago.
func Now() time.Time {
	start.Do(func() {
		now.Store(time.Now().UnixNano())
		go run()
	})
	return time.Unix(0, now.Load())
}

// Since is how much time has passed.
func Since(t time.Time) time.Duration { return Now().Sub(t) }

// Count notes an event; when there are too many, it is dropped.
func Count(name string) {
	select {
	case events <- name:
	default:
	}
}

// Counts returns what was counted.
func Counts() map[string]int {
	reply := make(chan map[string]int)
	queries <- reply
	return <-reply
}

// Run asks for the time from two sides.
func Run() {
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			began := Now()
			for Since(began) < 5*time.Millisecond {
				Count("spin")
				time.Sleep(resolution / 4)
			}
		}()
	}
	wg.Wait()
	_ = Counts()
}
