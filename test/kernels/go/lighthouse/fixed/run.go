package kernel

import "time"

// Run flashes faster for a while.
func Run() {
	saved := period
	period = time.Millisecond
	defer func() { period = saved }()
	l := ignite()
	time.Sleep(10 * time.Millisecond)
	l.douse()
}
