package kernel

import (
	"errors"
	"time"
)

// pause is a variable so that tests need not wait.
var pause = 20 * time.Millisecond

var errGone = errors.New("gone")

// Upload is tried until it works.
type Upload struct {
	Name string
	try  func(name string) error
	done chan error
}

// Start begins to try.
func Start(name string, try func(string) error) *Upload {
	u := &Upload{Name: name, try: try, done: make(chan error, 1)}
	go u.loop()
	return u
}

func (u *Upload) loop() {
	for i := 0; i < 5; i++ {
		err := u.try(u.Name)
		if err == nil || errors.Is(err, errGone) {
			u.done <- err
			return
		}
		time.Sleep(pause)
	}
	u.done <- errGone
}

// Wait waits for the end.
func (u *Upload) Wait() error { return <-u.done }

// Run does what the tests of this package do, one after the other.
func Run() {
	setPause(time.Millisecond)
	failing := func(string) error { return errors.New("busy") }
	first := Start("a", failing)
	time.Sleep(time.Millisecond)
	setPause(20 * time.Millisecond)
	second := Start("b", func(string) error { return nil })
	_ = second.Wait()
	_ = first.Wait()
}

func setPause(d time.Duration) { pause = d }
