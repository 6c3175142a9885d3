// Package glyphs draws letters and remembers them.
package glyphs

import (
	"strings"
	"sync"
)

// Glyph is a drawn letter.
type Glyph struct {
	Letter rune
	Rows   []string
}

// Font draws letters.
type Font interface {
	Draw(letter rune, size int) *Glyph
}

type key struct {
	letter rune
	size   int
}

// Cache remembers the glyphs of a font.
type Cache struct {
	font Font
	most int

	mu     sync.RWMutex
	glyphs map[key]*Glyph
	order  []key
	drawn  int
}

// NewCache returns a cache of at most so many glyphs.
func NewCache(font Font, most int) *Cache {
	return &Cache{font: font, most: most, glyphs: make(map[key]*Glyph)}
}

func (c *Cache) lookup(k key) (*Glyph, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	glyph, ok := c.glyphs[k]
	return glyph, ok
}

// Get returns a glyph and draws it if need be.
func (c *Cache) Get(letter rune, size int) *Glyph {
	k := key{letter, size}
	if glyph, ok := c.lookup(k); ok {
		return glyph
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if glyph, ok := c.glyphs[k]; ok {
		return glyph
	}
	glyph := c.font.Draw(letter, size)
	c.drawn++
	c.glyphs[k] = glyph
	c.order = append(c.order, k)
	c.trim()
	return glyph
}

func (c *Cache) trim() {
	for len(c.order) > c.most {
		delete(c.glyphs, c.order[0])
		c.order = c.order[1:]
	}
}

// Preload draws what is missing.
func (c *Cache) Preload(letters string, size int) {
	c.mu.RLock()
	var missing []rune
	for _, letter := range letters {
		if _, ok := c.glyphs[key{letter, size}]; !ok {
			missing = append(missing, letter)
		}
	}
	c.mu.RUnlock()
	for _, letter := range missing {
		c.Get(letter, size)
	}
}

// Drawn counts the drawings.
func (c *Cache) Drawn() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.drawn
}

type blocks struct{}

func (blocks) Draw(letter rune, size int) *Glyph {
	glyph := &Glyph{Letter: letter}
	for i := 0; i < size; i++ {
		glyph.Rows = append(glyph.Rows, strings.Repeat(string(letter), size))
	}
	return glyph
}

// Run writes a text from two sides.
func Run() {
	cache := NewCache(blocks{}, 12)
	cache.Preload("eat", 3)
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, letter := range "the quick brown fox jumps over the lazy dog" {
				_ = cache.Get(letter, 3)
			}
		}()
	}
	wg.Wait()
	_ = cache.Drawn()
}
