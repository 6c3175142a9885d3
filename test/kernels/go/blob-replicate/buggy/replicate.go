package kernel

import (
	"errors"
	"fmt"
	"time"
)

var errQuorum = errors.New("quorum not reached")

type blob struct {
	id   string
	size int
}

type peer interface {
	Addr() string
	Store(b blob) error
}

type outcome struct {
	addr string
	err  error
}

type replicator struct {
	peers  []peer
	quorum int
	log    []string
}

func (r *replicator) logf(format string, args ...any) {
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

// write stores the blob on all peers, and is content with a quorum.
func (r *replicator) write(b blob) error {
	outcomes := r.spread(b)
	acks, nacks := 0, 0
	for range r.peers {
		o := <-outcomes
		if o.err != nil {
			r.logf("%s: %v", o.addr, o.err)
			if nacks++; nacks > len(r.peers)-r.quorum {
				return errQuorum
			}
			continue
		}
		acks++
	}
	r.logf("%s has %d copies", b.id, acks)
	return nil
}

func (r *replicator) spread(b blob) <-chan outcome {
	outcomes := make(chan outcome)
	for _, p := range r.peers {
		go func() {
			outcomes <- outcome{p.Addr(), p.Store(b)}
		}()
	}
	return outcomes
}

type memoryPeer struct {
	addr  string
	room  int
	delay time.Duration
}

func (m *memoryPeer) Addr() string { return m.addr }

func (m *memoryPeer) Store(b blob) error {
	time.Sleep(m.delay)
	if b.size > m.room {
		return fmt.Errorf("no room for %s", b.id)
	}
	m.room -= b.size
	return nil
}

// Run writes a blob that two of three peers cannot take.
func Run() {
	r := &replicator{
		quorum: 2,
		peers: []peer{
			&memoryPeer{"a", 10, 0},
			&memoryPeer{"b", 10, time.Millisecond},
			&memoryPeer{"c", 100, 3 * time.Millisecond},
		},
	}
	_ = r.write(blob{"small", 5})
	if err := r.write(blob{"large", 50}); !errors.Is(err, errQuorum) {
		panic("wrote without a quorum")
	}
}
