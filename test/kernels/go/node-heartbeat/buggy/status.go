package kernel

import (
	"context"
	"sync"
	"time"
)

// Condition is one fact about a node.
type Condition struct {
	Type   string
	Status bool
	Since  time.Time
}

type statusClient interface {
	Report(ctx context.Context, node string, conditions []Condition) error
}

type recordingClient struct {
	mu      sync.Mutex
	reports int
}

func (r *recordingClient) Report(ctx context.Context, node string, conditions []Condition) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reports++
	return ctx.Err()
}

// StatusManager reports the conditions of a node.
type StatusManager struct {
	node   string
	client statusClient
	period time.Duration

	mu         sync.RWMutex
	conditions map[string]Condition
	lastReport time.Time
	failures   int

	cancel context.CancelFunc
	done   chan struct{}
}

// NewStatusManager returns a manager that has not been started.
func NewStatusManager(node string, client statusClient, period time.Duration) *StatusManager {
	return &StatusManager{
		node:       node,
		client:     client,
		period:     period,
		conditions: make(map[string]Condition),
		done:       make(chan struct{}),
	}
}

// Start reports in the background.
func (m *StatusManager) Start(ctx context.Context) {
	ctx, m.cancel = context.WithCancel(ctx)
	go m.loop(ctx)
}

// Stop ends the reports.
func (m *StatusManager) Stop() {
	m.cancel()
	<-m.done
}

func (m *StatusManager) loop(ctx context.Context) {
	defer close(m.done)
	ticker := time.NewTicker(m.period)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			m.sync(ctx, now)
		}
	}
}

func (m *StatusManager) sync(ctx context.Context, now time.Time) {
	if err := m.client.Report(ctx, m.node, m.list()); err != nil {
		m.mu.Lock()
		m.failures++
		m.mu.Unlock()
		return
	}
	m.mu.Lock()
	m.failures = 0
	m.mu.Unlock()
	m.lastReport = now
}

func (m *StatusManager) list() []Condition {
	m.mu.RLock()
	defer m.mu.RUnlock()
	list := make([]Condition, 0, len(m.conditions))
	for _, c := range m.conditions {
		list = append(list, c)
	}
	return list
}

// Set changes a condition.
func (m *StatusManager) Set(kind string, status bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.conditions[kind]; ok && old.Status == status {
		return
	}
	m.conditions[kind] = Condition{Type: kind, Status: status, Since: time.Now()}
}

// Stale tells whether nothing was reported for the time.
func (m *StatusManager) Stale(limit time.Duration) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.failures > 0 || time.Since(m.lastReport) > limit
}

// Run reports for a short time.
func Run() {
	m := NewStatusManager("n1", &recordingClient{}, time.Millisecond)
	m.Start(context.Background())
	for i := 0; i < 20; i++ {
		m.Set("Ready", i%2 == 0)
		_ = m.Stale(time.Second)
		time.Sleep(time.Millisecond)
	}
	m.Stop()
}
