package kernel

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

// Rate is a price per unit.
type Rate struct {
	Unit  string
	Cents int
}

// Card is a list of rates that can be changed at any time.
type Card struct {
	mu       sync.Mutex
	rates    map[string]Rate
	revision int
	edited   time.Time
	title    string
}

// NewCard returns a card without rates.
func NewCard(title string) *Card {
	return &Card{title: title, rates: make(map[string]Rate)}
}

// Set changes a rate.
func (c *Card) Set(name string, rate Rate) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rates[name] == rate {
		return
	}
	c.rates[name] = rate
	c.touch()
}

// Drop removes a rate.
func (c *Card) Drop(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.rates[name]; !ok {
		return false
	}
	delete(c.rates, name)
	c.touch()
	return true
}

func (c *Card) touch() {
	c.revision++
	c.edited = time.Now()
}

// Names lists what has a rate.
func (c *Card) Names() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	names := make([]string, 0, len(c.rates))
	for name := range c.rates {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Headline is a title with the revision.
func (c *Card) Headline() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprintf("%s (rev. %d)", c.title, c.revision)
}

// Print writes the card out.
func (c *Card) Print() string {
	return c.Headline() + "\n" + strings.Join(c.Names(), "\n")
}

// Run prints a card that others edit.
func Run() {
	card := NewCard("spring")
	var editors sync.WaitGroup
	for i := 0; i < 3; i++ {
		editors.Add(1)
		go func(i int) {
			defer editors.Done()
			for day := 0; day < 20; day++ {
				card.Set(fmt.Sprint("room ", i), Rate{Unit: "night", Cents: 9000 + day})
				time.Sleep(100 * time.Microsecond)
			}
			card.Drop(fmt.Sprint("room ", i))
		}(i)
	}
	for i := 0; i < 20; i++ {
		_ = card.Print()
		time.Sleep(100 * time.Microsecond)
	}
	editors.Wait()
}
