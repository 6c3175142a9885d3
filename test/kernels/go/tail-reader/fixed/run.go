package kernel

import (
	"bytes"
	"time"
)

type memory struct{ bytes.Buffer }

func (m *memory) Size() int64  { return int64(m.Len()) }
func (m *memory) Close() error { return nil }

// Run follows a file of two lines.
func Run() {
	file := &memory{}
	file.WriteString("one\ntwo\n")
	tail := Follow(file, WithInterval(time.Millisecond))
	<-tail.Lines()
	<-tail.Lines()
	_ = tail.Close()
}
