package kernel

import (
	"context"
	"errors"
	"time"
)

type answer struct {
	from  string
	value int
	err   error
}

type replica interface {
	Name() string
	Read(key string) (int, error)
}

type memReplica struct {
	name  string
	delay time.Duration
	data  map[string]int
}

func (m *memReplica) Name() string { return m.name }

func (m *memReplica) Read(key string) (int, error) {
	time.Sleep(m.delay)
	v, ok := m.data[key]
	if !ok {
		return 0, errors.New("no such key")
	}
	return v, nil
}

type asker struct {
	replicas []replica
	need     int
}

type round struct {
	answers chan answer
}

func (a *asker) begin(key string) *round {
	r := &round{answers: make(chan answer, len(a.replicas))}
	for _, rep := range a.replicas {
		go r.ask(rep, key)
	}
	return r
}

func (r *round) ask(rep replica, key string) {
	v, err := rep.Read(key)
	r.answers <- answer{rep.Name(), v, err}
}

func (a *asker) read(ctx context.Context, key string) (int, error) {
	r := a.begin(key)
	got := 0
	for range a.replicas {
		select {
		case ans := <-r.answers:
			if ans.err != nil {
				return 0, ans.err
			}
			if got++; got == a.need {
				return ans.value, nil
			}
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return 0, errors.New("too few answers")
}

// Run reads a key that is there, one that isn't and one too slowly.
func Run() {
	data := map[string]int{"x": 1}
	a := &asker{need: 2, replicas: []replica{
		&memReplica{"a", 0, data},
		&memReplica{"b", time.Millisecond, data},
		&memReplica{"c", 60 * time.Millisecond, data},
	}}
	_, _ = a.read(context.Background(), "x")
	_, _ = a.read(context.Background(), "y")
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Microsecond)
	defer cancel()
	_, _ = a.read(ctx, "x")
}
