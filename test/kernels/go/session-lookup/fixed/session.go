package kernel

import "sync"

type session struct {
	user   string
	parent string
	closed bool
	mu     sync.Mutex
}

func (s *session) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
}

// Sessions hands out sessions of users.
type Sessions struct {
	cache *Cache
}

// NewSessions keeps at most limit sessions open.
func NewSessions(limit int) *Sessions {
	s := &Sessions{}
	s.cache = NewCache(limit, func(key string, value interface{}) {
		old := value.(*session)
		if old.parent != "" && s.hasParent(old) {
			return
		}
		old.close()
	})
	return s
}

func (s *Sessions) hasParent(child *session) bool {
	return s.cache.Contains(child.parent)
}

// Open starts a session below another, or on its own.
func (s *Sessions) Open(user, parent string) {
	s.cache.Add(user, &session{user: user, parent: parent})
}

// Run opens more sessions than fit.
func Run() {
	s := NewSessions(2)
	s.Open("root", "")
	s.Open("child", "root")
	s.Open("guest", "")
	s.Open("other", "")
	_ = s.cache.Keys()
}
