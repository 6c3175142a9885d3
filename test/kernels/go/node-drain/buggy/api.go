package kernel

import (
	"fmt"
	"time"
)

type skipFunc func(pod string) bool

type apiEvictor struct {
	skip skipFunc
}

func (a *apiEvictor) evict(name string, grace time.Duration) error {
	if a.skip != nil && a.skip(name) {
		return fmt.Errorf("pod %s is gone", name)
	}
	time.Sleep(grace)
	return nil
}

// Run drains a node of two pods.
func Run() {
	api := &apiEvictor{}
	d := newDrainer(api, "a", "b")
	api.skip = d.isDrained
	d.drainAll(time.Millisecond)
	d.drainAll(time.Millisecond)
}
