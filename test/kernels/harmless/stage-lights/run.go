package kernel

import (
	"sync/atomic"
	"time"
)

// Run fades three lamps.
func Run() {
	var lines atomic.Int64
	d := newDesk(3, func(string, ...any) { lines.Add(1) })
	time.Sleep(60 * time.Millisecond)
	d.close()
}
