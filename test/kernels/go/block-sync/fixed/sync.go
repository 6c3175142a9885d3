package kernel

import (
	"errors"
	"sync"
)

var errStopped = errors.New("syncer: stopped")

type block struct {
	Number uint64
	Data   []byte
}

type blockStore interface {
	Append(b block) error
	Height() uint64
}

type memStore struct {
	mu     sync.Mutex
	blocks []block
}

func (m *memStore) Append(b block) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.blocks = append(m.blocks, b)
	return nil
}

func (m *memStore) Height() uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return uint64(len(m.blocks))
}

type syncer struct {
	store  blockStore
	in     chan block
	quit   chan struct{}
	exited chan struct{}
	once   sync.Once
}

func newSyncer(store blockStore) *syncer {
	s := &syncer{
		store:  store,
		in:     make(chan block, 8),
		quit:   make(chan struct{}),
		exited: make(chan struct{}),
	}
	go s.loop()
	return s
}

func (s *syncer) loop() {
	defer close(s.exited)
	for {
		select {
		case b := <-s.in:
			if err := s.apply(b); err != nil {
				return
			}
		case <-s.quit:
			return
		}
	}
}

func (s *syncer) apply(b block) error {
	st := s.store
	if st == nil {
		return errStopped
	}
	if b.Number != st.Height() {
		return nil
	}
	return st.Append(b)
}

func (s *syncer) offer(b block) bool {
	select {
	case s.in <- b:
		return true
	default:
		return false
	}
}

func (s *syncer) stop() {
	s.once.Do(func() {
		close(s.quit)
		<-s.exited
		s.release()
	})
}

func (s *syncer) release() {
	s.store = nil
}

// Run offers blocks and stops before all are in.
func Run() {
	s := newSyncer(&memStore{})
	for i := uint64(0); i < 200; i++ {
		s.offer(block{Number: i})
	}
	s.stop()
}
