package kernel

import (
	"errors"
	"time"
)

var errLate = errors.New("took too long")

// within runs something and does not wait longer than it may take.
func within(limit time.Duration, do func() error) error {
	ended := make(chan error)
	go func() { ended <- do() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(limit):
		return errLate
	}
}
