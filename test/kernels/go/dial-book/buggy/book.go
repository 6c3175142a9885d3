package kernel

import (
	"fmt"
	"sync"
)

// line is an open telephone line.
type line struct {
	number string
	used   int
}

// DialBook keeps the lines that are open, by number.
type DialBook struct {
	mu    sync.Mutex
	lines map[string]*line
	done  bool
}

func NewDialBook() *DialBook {
	return &DialBook{lines: make(map[string]*line)}
}

// Open registers a line; once the book is closed no more are taken.
func (b *DialBook) Open(number string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done {
		return false
	}
	b.lines[number] = &line{number: number}
	return true
}

// HangUp forgets a line.
func (b *DialBook) HangUp(number string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.lines, number)
}

// Close ends all lines that are open, and says how many there were.
func (b *DialBook) Close() int {
	b.mu.Lock()
	b.done = true
	open := b.lines
	b.mu.Unlock()
	ended := 0
	for range open {
		ended++
	}
	return ended
}

// Run closes a book while callers still hang up.
func Run() {
	book := NewDialBook()
	for i := 0; i < 200; i++ {
		book.Open(fmt.Sprint("555-", i))
	}
	var callers sync.WaitGroup
	callers.Add(1)
	go func() {
		defer callers.Done()
		for i := 0; i < 200; i++ {
			book.HangUp(fmt.Sprint("555-", i))
		}
	}()
	book.Close()
	callers.Wait()
}
