package kernel

import "testing"

func TestProbes(t *testing.T)       { testProbes(t) }
func TestFailingProbe(t *testing.T) { testFailingProbe(t) }
