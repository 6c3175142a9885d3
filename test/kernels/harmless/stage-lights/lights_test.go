package kernel

import (
	"testing"
	"time"
)

// TestFade makes the fade shorter before the desk starts, and restores it when the desk is gone.
func TestFade(t *testing.T) {
	saved := fade
	fade = time.Millisecond
	t.Cleanup(func() { fade = saved })
	d := newDesk(3, t.Logf)
	t.Cleanup(d.close)
	time.Sleep(5 * time.Millisecond)
	for _, l := range d.lamps {
		l.mu.Lock()
		t.Log(l.level)
		l.mu.Unlock()
	}
}
