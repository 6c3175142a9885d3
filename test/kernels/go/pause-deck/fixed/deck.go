package kernel

import (
	"sync"
	"time"
)

// Track is a list of samples.
type Track struct {
	Title   string
	Samples []int
}

// Output plays samples.
type Output interface {
	Play(sample int)
}

// Deck plays a track and can be paused.
type Deck struct {
	output Output
	pace   time.Duration

	resume  chan struct{}
	paused  bool
	control sync.Mutex

	quit chan struct{}
	done chan struct{}
}

// NewDeck returns a deck.
func NewDeck(output Output, pace time.Duration) *Deck {
	d := &Deck{
		output: output,
		pace:   pace,
		resume: make(chan struct{}),
		quit:   make(chan struct{}),
		done:   make(chan struct{}),
	}
	close(d.resume)
	return d
}

// Start plays a track in the background.
func (d *Deck) Start(track Track) {
	go func() {
		defer close(d.done)
		for _, sample := range track.Samples {
			if !d.wait() {
				return
			}
			d.output.Play(sample)
			time.Sleep(d.pace)
		}
	}()
}

func (d *Deck) wait() bool {
	d.control.Lock()
	resume := d.resume
	d.control.Unlock()
	select {
	case <-resume:
		return true
	case <-d.quit:
		return false
	}
}

// Pause makes the deck wait.
func (d *Deck) Pause() {
	d.control.Lock()
	defer d.control.Unlock()
	if !d.paused {
		d.paused = true
		d.resume = make(chan struct{})
	}
}

// Resume lets the deck go on.
func (d *Deck) Resume() {
	d.control.Lock()
	defer d.control.Unlock()
	if d.paused {
		d.paused = false
		close(d.resume)
	}
}

// Stop ends the playing.
func (d *Deck) Stop() {
	close(d.quit)
	<-d.done
}

type deaf struct{}

func (deaf) Play(int) {}

// Run pauses a track a few times.
func Run() {
	deck := NewDeck(deaf{}, 100*time.Microsecond)
	deck.Start(Track{Title: "rain", Samples: make([]int, 1000)})
	for i := 0; i < 5; i++ {
		time.Sleep(time.Millisecond)
		deck.Pause()
		time.Sleep(time.Millisecond)
		deck.Resume()
	}
	deck.Stop()
}
