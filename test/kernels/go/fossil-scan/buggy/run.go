package kernel

import (
	"context"
	"time"
)

// Run stops at the first bone.
func Run() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if depth, err := firstBone(newScanner(ctx, 30)); err != nil || depth != 3 {
		panic("no bone")
	}
}
