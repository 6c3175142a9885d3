package kernel

import (
	"testing"
	"time"
)

// TestBlast wants a blast to be taken without waiting.
func TestBlast(t *testing.T) {
	q := openQuarry(t.Logf, 20*time.Millisecond)
	defer q.wait()
	defer q.close()
	start := time.Now()
	q.blast("ridge", 40)
	if d := time.Since(start); d > 10*time.Millisecond {
		t.Errorf("took %v", d)
	}
}
