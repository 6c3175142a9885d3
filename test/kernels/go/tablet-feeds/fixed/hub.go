package kernel

import "sync"

type mutation struct {
	tablet string
	row    string
}

type feedHub struct {
	mu    sync.Mutex
	feeds map[string]chan mutation
	depth int
}

type hubOption func(*feedHub)

func withDepth(n int) hubOption { return func(h *feedHub) { h.depth = n } }

func newFeedHub(opts ...hubOption) *feedHub {
	h := &feedHub{feeds: make(map[string]chan mutation)}
	for _, o := range opts {
		o(h)
	}
	return h
}

func (h *feedHub) open(tablet string) <-chan mutation {
	h.mu.Lock()
	defer h.mu.Unlock()
	if f, ok := h.feeds[tablet]; ok {
		return f
	}
	f := make(chan mutation, h.depth)
	h.feeds[tablet] = f
	return f
}

func (h *feedHub) publish(m mutation) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	f, ok := h.feeds[m.tablet]
	if !ok {
		return false
	}
	select {
	case f <- m:
		return true
	default:
		return false
	}
}

func (h *feedHub) split(tablet string, into ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if f, ok := h.feeds[tablet]; ok {
		close(f)
		delete(h.feeds, tablet)
	}
	for _, t := range into {
		h.feeds[t] = make(chan mutation, h.depth)
	}
}

func (h *feedHub) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for t, f := range h.feeds {
		close(f)
		delete(h.feeds, t)
	}
}
