package kernel

import "time"

type line struct {
	file string
	text string
}

type tailer struct {
	file string
	out  func(line)
	stop chan struct{}
}

func newTailer(file string, out func(line)) *tailer {
	t := &tailer{file: file, out: out, stop: make(chan struct{})}
	go t.follow()
	return t
}

func (t *tailer) follow() {
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for {
		select {
		case <-poll.C:
			t.out(line{t.file, "tick"})
		case <-t.stop:
			return
		}
	}
}

func (t *tailer) halt() { close(t.stop) }
