package kernel

import "testing"

func TestSync(t *testing.T)      { testSync(t) }
func TestSyncEmpty(t *testing.T) { testSyncEmpty(t) }
