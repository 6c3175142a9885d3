// Package tags finds notes by their tags.
package tags

import (
	"sort"
	"strconv"
	"sync"
)

// Index finds notes by tag.
type Index struct {
	mu     sync.Mutex
	byTag  map[string]map[int]bool
	byNote map[int][]string
	dirty  int
}

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{byTag: make(map[string]map[int]bool), byNote: make(map[int][]string)}
}

// Set gives a note its tags.
func (x *Index) Set(note int, tags ...string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.removeLocked(note)
	for _, tag := range tags {
		x.addLocked(note, tag)
	}
	x.maybeCompactLocked()
}

// Remove forgets a note.
func (x *Index) Remove(note int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.removeLocked(note)
	x.maybeCompactLocked()
}

func (x *Index) addLocked(note int, tag string) {
	notes := x.byTag[tag]
	if notes == nil {
		notes = make(map[int]bool)
		x.byTag[tag] = notes
	}
	notes[note] = true
	x.byNote[note] = append(x.byNote[note], tag)
}

func (x *Index) removeLocked(note int) {
	for _, tag := range x.byNote[note] {
		delete(x.byTag[tag], note)
		x.dirty++
	}
	delete(x.byNote, note)
}

func (x *Index) maybeCompactLocked() {
	if x.dirty < 16 {
		return
	}
	x.dirty = 0
	// Sorting the names takes a while with many tags, so it is done without the lock.
	x.mu.Unlock()
	names := x.Tags()
	x.mu.Lock()
	for _, name := range names {
		if len(x.byTag[name]) == 0 {
			delete(x.byTag, name)
		}
	}
}

// Tags lists all tags.
func (x *Index) Tags() []string {
	x.mu.Lock()
	names := make([]string, 0, len(x.byTag))
	for name := range x.byTag {
		names = append(names, name)
	}
	x.mu.Unlock()
	sort.Strings(names)
	return names
}

// Notes lists the notes with a tag.
func (x *Index) Notes(tag string) []int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.notesLocked(tag)
}

func (x *Index) notesLocked(tag string) []int {
	notes := make([]int, 0, len(x.byTag[tag]))
	for note := range x.byTag[tag] {
		notes = append(notes, note)
	}
	sort.Ints(notes)
	return notes
}

// Run tags notes from two sides.
func Run() {
	index := NewIndex()
	var wg sync.WaitGroup
	for side := 0; side < 2; side++ {
		wg.Add(1)
		go func(side int) {
			defer wg.Done()
			for i := 0; i < 100; i++ {
				index.Set(i%10, "side"+strconv.Itoa(side), "n"+strconv.Itoa(i))
				_ = index.Notes("side0")
			}
			index.Remove(side)
		}(side)
	}
	wg.Wait()
	_ = index.Tags()
}
