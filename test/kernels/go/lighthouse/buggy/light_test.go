package kernel

import (
	"testing"
	"time"
)

// TestFlashes shortens the period for as long as it runs.
func TestFlashes(t *testing.T) {
	saved := period
	period = time.Millisecond
	defer func() { period = saved }()
	l := ignite()
	time.Sleep(10 * time.Millisecond)
	if l.count() == 0 {
		t.Error("stayed dark")
	}
	l.douse()
}
