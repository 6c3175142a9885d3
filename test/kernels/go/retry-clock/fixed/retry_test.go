package kernel

import (
	"errors"
	"testing"
	"time"
)

func quickly(t *testing.T) {
	old := pause
	pause = time.Microsecond
	t.Cleanup(func() { pause = old })
}

func TestGivesUp(t *testing.T) {
	quickly(t)
	u := Start("a", func(string) error { return errors.New("busy") })
	time.Sleep(time.Millisecond)
	if len(u.done) > 1 {
		t.Fatal("done twice")
	}
}
