package kernel

import (
	"errors"
	"fmt"
	"time"
)

var errNotLeader = errors.New("not the leader")

type roleView interface {
	currentRole() role
}

type proposeHandler struct {
	view roleView
	acks int
}

func (h *proposeHandler) propose(cmd string) error {
	if h.view.currentRole() != leading {
		return fmt.Errorf("propose %q: %w", cmd, errNotLeader)
	}
	h.acks++
	return nil
}

// Run proposes until the node leads.
func Run() {
	n := &raftNode{id: "n1"}
	n.onWin = append(n.onWin, func(uint64) {})
	t := startElectionTimer(n, 3*time.Millisecond)
	h := &proposeHandler{view: n}
	for i := 0; i < 20; i++ {
		if h.propose("set x") == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	t.stop()
}
