package kernel

import (
	"context"
	"fmt"
	"time"
)

// Agent runs a probe again and again.
type Agent struct {
	name  string
	probe func(ctx context.Context) error
	logf  func(format string, args ...interface{})

	cancel context.CancelFunc
	done   chan struct{}
}

// AgentOption changes a new Agent.
type AgentOption func(*Agent)

// WithLog sends the agent's log to logf.
func WithLog(logf func(string, ...interface{})) AgentOption {
	return func(a *Agent) { a.logf = logf }
}

// StartAgent starts an agent.
func StartAgent(name string, probe func(context.Context) error, opts ...AgentOption) *Agent {
	a := &Agent{name: name, probe: probe, logf: func(string, ...interface{}) {}, done: make(chan struct{})}
	for _, opt := range opts {
		opt(a)
	}
	var ctx context.Context
	ctx, a.cancel = context.WithCancel(context.Background())
	go a.run(ctx)
	return a
}

func (a *Agent) run(ctx context.Context) {
	defer close(a.done)
	defer a.logf("%s ends", a.name)
	for n := 0; ; n++ {
		if err := a.probe(ctx); err != nil {
			a.logf("%s: probe %d: %v", a.name, n, err)
		}
		select {
		case <-time.After(time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

// Shutdown waits for the agent for as long as the context lasts.
func (a *Agent) Shutdown(ctx context.Context) error {
	a.cancel()
	select {
	case <-a.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%s did not end: %w", a.name, ctx.Err())
	}
}
