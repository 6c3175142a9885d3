// Package presence knows who is online.
package presence

import (
	"sync"
	"time"
)

// Book notes when people were last seen.
type Book struct {
	mu   sync.Mutex
	seen map[string]time.Time
}

// NewBook returns an empty book.
func NewBook() *Book {
	return &Book{seen: make(map[string]time.Time)}
}

// Touch notes that somebody is there.
func (b *Book) Touch(user string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen[user] = time.Now()
}

// IsOnline tells whether somebody was seen lately.
func (b *Book) IsOnline(user string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.seen[user]
	return ok
}

// Expire forgets everybody who was not seen for a while, and tells about each of them.
func (b *Book) Expire(after time.Duration, gone func(user string)) {
	limit := time.Now().Add(-after)
	var expired []string
	b.mu.Lock()
	for user, last := range b.seen {
		if last.Before(limit) {
			delete(b.seen, user)
			expired = append(expired, user)
		}
	}
	b.mu.Unlock()
	for _, user := range expired {
		gone(user)
	}
}
