package kernel

import (
	"strings"
	"sync"
)

// Document is a named text.
type Document struct {
	Name string
	Text string
}

// Corpus counts words over documents.
type Corpus struct {
	documents []Document
}

func (c *Corpus) countIn(document Document) int {
	return len(strings.Fields(document.Text))
}

// WordCounts counts the words of each document, all at once.
func (c *Corpus) WordCounts() map[string]int {
	counts := make(map[string]int, len(c.documents))
	var mu sync.Mutex
	var pending sync.WaitGroup
	pending.Add(len(c.documents))
	for _, document := range c.documents {
		go func(document Document) {
			defer pending.Done()
			n := c.countIn(document)
			mu.Lock()
			defer mu.Unlock()
			counts[document.Name] = n
		}(document)
	}
	pending.Wait()
	return counts
}

// Run counts words.
func Run() {
	corpus := &Corpus{}
	for i := 0; i < 26; i++ {
		name := string(rune('a' + i))
		corpus.documents = append(corpus.documents, Document{Name: name, Text: strings.Repeat("word ", i)})
	}
	_ = corpus.WordCounts()
}
