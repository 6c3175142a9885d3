package kernel

import (
	"errors"
	"time"
)

// Stop is where a parcel was.
type Stop struct {
	Place string
	Hours int
}

// Carrier knows where parcels are.
type Carrier interface {
	Stops(parcel string) ([]Stop, error)
}

// Tracker asks a carrier, with patience.
type Tracker struct {
	carrier  Carrier
	patience time.Duration
}

// ErrSlow says that a carrier did not answer in time.
var ErrSlow = errors.New("carrier is slow")

// Report is what is known of a parcel.
type Report struct {
	Parcel string
	Stops  []Stop
	Hours  int
	Err    error
}

// Track asks for the stops of a parcel; what is not known in time is left out.
func (t *Tracker) Track(parcel string) Report {
	done := make(chan Report, 1)
	go func() {
		report := Report{Parcel: parcel}
		stops, err := t.carrier.Stops(parcel)
		report.Stops, report.Err = stops, err
		for _, stop := range stops {
			report.Hours += stop.Hours
		}
		done <- report
	}()
	select {
	case report := <-done:
		return report
	case <-time.After(t.patience):
		return Report{Parcel: parcel, Err: ErrSlow}
	}
}

type slowCarrier struct{ delay time.Duration }

func (c slowCarrier) Stops(parcel string) ([]Stop, error) {
	time.Sleep(c.delay)
	return []Stop{{"depot", 3}, {"harbour", 20}}, nil
}

// Run tracks a parcel of a carrier that is as slow as it may be.
func Run() {
	for i := 0; i < 20; i++ {
		tracker := &Tracker{carrier: slowCarrier{time.Millisecond}, patience: time.Millisecond}
		_ = tracker.Track("p-1")
		time.Sleep(2 * time.Millisecond)
	}
}
