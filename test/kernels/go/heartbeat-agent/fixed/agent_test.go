package kernel

import (
	"testing"
	"time"
)

func setBeat(t *testing.T, every time.Duration) {
	t.Helper()
	old := beatEvery
	beatEvery = every
	t.Cleanup(func() { beatEvery = old })
}

func TestAgentBeats(t *testing.T) {
	setBeat(t, time.Millisecond)
	peer := &countingPeer{}
	agent := StartAgent("a", peer)
	defer agent.Stop()
	if !peer.await(3) {
		t.Fatal("the agent is silent")
	}
}

func TestAgentStops(t *testing.T) {
	setBeat(t, 2*time.Millisecond)
	peer := &countingPeer{}
	agent := StartAgent("b", peer)
	peer.await(1)
	agent.Stop()
	agent.Stop()
}
