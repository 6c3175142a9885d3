package kernel

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// Meter measures what goes through readers.
type Meter struct {
	bytes   int64
	files   int64
	started time.Time
}

// NewMeter returns a meter at zero.
func NewMeter() *Meter { return &Meter{started: time.Now()} }

// Wrap returns a reader that is measured.
func (m *Meter) Wrap(r io.Reader) io.Reader {
	atomic.AddInt64(&m.files, 1)
	return &measured{Reader: r, meter: m}
}

type measured struct {
	io.Reader
	meter *Meter
}

// Read implements io.Reader.
func (r *measured) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	r.meter.add(n)
	return n, err
}

func (m *Meter) add(n int) {
	atomic.AddInt64(&m.bytes, int64(n))
}

// Bytes is how much went through.
func (m *Meter) Bytes() int64 { return atomic.LoadInt64(&m.bytes) }

// Reset starts again from zero.
func (m *Meter) Reset() {
	atomic.StoreInt64(&m.bytes, 0)
	atomic.StoreInt64(&m.files, 0)
}

// String is for a progress line.
func (m *Meter) String() string {
	return fmt.Sprintf("%d files, %s", atomic.LoadInt64(&m.files), m.volume())
}

func (m *Meter) volume() string {
	const unit = 1024
	bytes := m.Bytes()
	if bytes < unit {
		return fmt.Sprintf("%d B", bytes)
	}
	return fmt.Sprintf("%.1f KiB", float64(bytes)/unit)
}
