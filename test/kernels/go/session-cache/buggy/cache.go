package kernel

import (
	"strconv"
	"sync"
	"time"
)

// Session is a signed-in user.
type Session struct {
	User    string
	Expires time.Time
}

// Clock tells the time.
type Clock func() time.Time

// Cache keeps sessions by token.
type Cache struct {
	clock Clock
	ttl   time.Duration

	mu       sync.RWMutex
	sessions map[string]*Session
	hits     int
	misses   int
}

// NewCache returns an empty cache.
func NewCache(ttl time.Duration, clock Clock) *Cache {
	if clock == nil {
		clock = time.Now
	}
	return &Cache{clock: clock, ttl: ttl, sessions: make(map[string]*Session)}
}

// Put adds a session.
func (c *Cache) Put(token, user string) {
	session := &Session{User: user, Expires: c.clock().Add(c.ttl)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions[token] = session
}

// Get returns the user of a token.
func (c *Cache) Get(token string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	session, ok := c.sessions[token]
	if !ok || c.expired(session) {
		c.miss(token)
		return "", false
	}
	c.hits++
	return session.User, true
}

func (c *Cache) expired(session *Session) bool {
	return c.clock().After(session.Expires)
}

func (c *Cache) miss(token string) {
	c.misses++
	delete(c.sessions, token)
}

// Len counts the sessions, expired or not.
func (c *Cache) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.sessions)
}

// HitRate is the share of lookups that found something.
func (c *Cache) HitRate() float64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.hits+c.misses == 0 {
		return 0
	}
	return float64(c.hits) / float64(c.hits+c.misses)
}

// Run looks sessions up from four sides.
func Run() {
	cache := NewCache(time.Millisecond, nil)
	for i := 0; i < 64; i++ {
		cache.Put(strconv.Itoa(i), "user")
	}
	var readers sync.WaitGroup
	for i := 0; i < 4; i++ {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for j := 0; j < 64; j++ {
				_, _ = cache.Get(strconv.Itoa(j))
			}
		}()
	}
	readers.Wait()
	_ = cache.HitRate()
	_ = cache.Len()
}
