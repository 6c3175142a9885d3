package kernel

import (
	"context"
	"testing"
	"time"
)

// TestFirstBone finds one and looks no further.
func TestFirstBone(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	depth, err := firstBone(newScanner(ctx, 30))
	if err != nil || depth != 3 {
		t.Errorf("depth %d, %v", depth, err)
	}
}
