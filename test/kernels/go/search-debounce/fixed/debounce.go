package kernel

import (
	"context"
	"sync"
	"time"
)

// Query is what somebody typed.
type Query struct {
	Text string
	Seq  int
}

// Debouncer waits for a pause in the typing.
type Debouncer struct {
	pause   time.Duration
	queries chan Query
	done    chan struct{}
	search  func(Query)
	wg      sync.WaitGroup
	cancel  context.CancelFunc
}

// NewDebouncer starts a debouncer.
func NewDebouncer(pause time.Duration, search func(Query)) *Debouncer {
	ctx, cancel := context.WithCancel(context.Background())
	d := &Debouncer{
		pause:   pause,
		queries: make(chan Query),
		done:    make(chan struct{}),
		search:  search,
		cancel:  cancel,
	}
	d.wg.Add(1)
	go d.loop(ctx)
	return d
}

func (d *Debouncer) loop(ctx context.Context) {
	defer d.wg.Done()
	defer close(d.done)
	timer := time.NewTimer(d.pause)
	defer timer.Stop()
	var last Query
	for {
		select {
		case query := <-d.queries:
			last = query
			if !timer.Stop() {
				select {
				case <-timer.C:
				default:
				}
			}
			timer.Reset(d.pause)
		case <-timer.C:
			if last.Text != "" {
				d.search(last)
				last = Query{}
			}
		case <-ctx.Done():
			return
		}
	}
}

// Type notes that somebody typed.
func (d *Debouncer) Type(query Query) {
	select {
	case d.queries <- query:
	case <-d.done:
	}
}

// Close ends the debouncer.
func (d *Debouncer) Close() {
	d.cancel()
	d.wg.Wait()
}

// Run types a word, pauses, and goes on.
func Run() {
	var mu sync.Mutex
	searched := 0
	debouncer := NewDebouncer(2*time.Millisecond, func(Query) {
		mu.Lock()
		defer mu.Unlock()
		searched++
	})
	for i, text := range []string{"g", "go", "gop", "goph"} {
		debouncer.Type(Query{text, i})
	}
	time.Sleep(10 * time.Millisecond)
	debouncer.Type(Query{"gopher", 5})
	debouncer.Type(Query{"gophers", 6})
	debouncer.Close()
}
