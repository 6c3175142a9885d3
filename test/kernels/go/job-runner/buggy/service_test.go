package kernel

import (
	"errors"
	"fmt"
	"testing"
)

func TestErrorsAreCounted(t *testing.T) {
	s := NewService()
	s.Do(
		Job{"a", func() error { return errors.New("not today") }},
		Job{"b", func() error { return nil }},
	)
	s.Stop()
	if s.ok.Load() != 1 || s.failed.Load() != 1 {
		t.Fatalf("%d good, %d bad", s.ok.Load(), s.failed.Load())
	}
}

func TestFatalErrorEndsService(t *testing.T) {
	s := NewService()
	s.Do(Job{"a", func() error { return fmt.Errorf("disk: %w", ErrFatal) }})
	s.Stop()
	if s.Do(Job{"b", func() error { return nil }}) != 0 {
		t.Fatal("a job was taken after a fatal error")
	}
}
