package kernel

import "time"

// JobState tells how far a print job has come.
type JobState int

const (
	Queued JobState = iota
	Printing
	Finished
	Rejected
)

// Job is one document on its way to a device.
type Job struct {
	ID      int
	Owner   string
	Pages   int
	State   JobState
	Changed time.Time
}

// Device is anything that puts pages on paper.
type Device interface {
	Print(job *Job) error
}

// NullDevice prints nowhere.
type NullDevice struct{ PerPage time.Duration }

// Print implements Device.
func (d NullDevice) Print(job *Job) error {
	time.Sleep(time.Duration(job.Pages) * d.PerPage)
	return nil
}
