// Package quota counts pages.
package quota

// Source tells how many pages somebody may print.
type Source interface {
	Limit(user string) int
}

// Fixed is the same for everybody.
type Fixed int

// Limit is the number itself.
func (f Fixed) Limit(string) int { return int(f) }

// Cached asks another source once for each user.
type Cached struct {
	Next  Source
	known map[string]int
	hits  int
}

// NewCached has asked nobody yet.
func NewCached(next Source) *Cached { return &Cached{Next: next, known: map[string]int{}} }

// Limit looks into what is known first.
func (c *Cached) Limit(user string) int {
	if n, ok := c.known[user]; ok {
		c.hits++
		return n
	}
	n := c.Next.Limit(user)
	c.known[user] = n
	return n
}
