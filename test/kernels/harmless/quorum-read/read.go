package kernel

import (
	"context"
	"errors"
	"time"
)

var errNoQuorum = errors.New("no quorum")

// Replica answers reads.
type Replica interface {
	Read(ctx context.Context, key string) (string, uint64, error)
}

type delayedReplica struct {
	delay time.Duration
	value string
	seq   uint64
	err   error
}

func (d *delayedReplica) Read(ctx context.Context, key string) (string, uint64, error) {
	t := time.NewTimer(d.delay)
	defer t.Stop()
	select {
	case <-t.C:
		return d.value, d.seq, d.err
	case <-ctx.Done():
		return "", 0, ctx.Err()
	}
}

type answer struct {
	value string
	seq   uint64
	err   error
}

// Reader reads from a majority.
type Reader struct {
	replicas []Replica
	timeout  time.Duration
}

func (r *Reader) majority() int { return len(r.replicas)/2 + 1 }

func (r *Reader) ask(ctx context.Context, key string) <-chan answer {
	answers := make(chan answer, len(r.replicas))
	for _, replica := range r.replicas {
		go func(replica Replica) {
			value, seq, err := replica.Read(ctx, key)
			answers <- answer{value, seq, err}
		}(replica)
	}
	return answers
}

// Read returns the newest of the first majority of answers.
func (r *Reader) Read(ctx context.Context, key string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	answers := r.ask(ctx, key)
	var newest answer
	good, bad := 0, 0
	for {
		select {
		case a := <-answers:
			if a.err != nil {
				bad++
				if bad > len(r.replicas)-r.majority() {
					return "", errNoQuorum
				}
				continue
			}
			good++
			if a.seq >= newest.seq {
				newest = a
			}
			if good == r.majority() {
				return newest.value, nil
			}
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// Run reads with slow, dead and good replicas.
func Run() {
	good := &delayedReplica{delay: time.Millisecond, value: "x", seq: 2}
	old := &delayedReplica{delay: 2 * time.Millisecond, value: "w", seq: 1}
	slow := &delayedReplica{delay: time.Second}
	dead := &delayedReplica{err: errors.New("refused")}
	for _, replicas := range [][]Replica{{good, old, slow}, {good, dead, dead}, {good, slow, slow}} {
		r := &Reader{replicas: replicas, timeout: 20 * time.Millisecond}
		_, _ = r.Read(context.Background(), "k")
	}
}
