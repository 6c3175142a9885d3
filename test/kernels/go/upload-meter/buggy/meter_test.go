package kernel

import (
	"strings"
	"testing"
)

func TestMeterCountsAll(t *testing.T) {
	meter := NewMeter()
	uploads := uploadAll(meter, 3, 1<<15)
	for !strings.Contains(meter.String(), "KiB") {
		continue
	}
	uploads.Wait()
	if got, want := meter.Bytes(), int64(3<<15); got != want {
		t.Fatalf("measured %d bytes, want %d", got, want)
	}
	meter.Reset()
	if got := meter.String(); got != "0 files, 0 B" {
		t.Fatalf("got %q after a reset", got)
	}
}
