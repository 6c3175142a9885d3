package kernel

import (
	"context"
	"errors"
	"time"
)

// Object is something to be stored.
type Object struct {
	Name string
	Body []byte
}

// Store keeps objects somewhere slow.
type Store struct {
	delay time.Duration
	kept  chan Object
}

func (s *Store) put(object Object) (int, error) {
	time.Sleep(s.delay)
	if len(object.Body) == 0 {
		return 0, errors.New("nothing to store")
	}
	select {
	case s.kept <- object:
	default:
	}
	return len(object.Body), nil
}

// Upload stores an object, for as long as the context lets it. It says how much was stored.
func (s *Store) Upload(ctx context.Context, object Object) (int, error) {
	var stored int
	finished := make(chan error, 1)
	go func() {
		n, err := s.put(object)
		stored = n
		finished <- err
	}()
	select {
	case err := <-finished:
		return stored, err
	case <-ctx.Done():
		return stored, ctx.Err()
	}
}

// Run uploads with little time.
func Run() {
	for i := 0; i < 40; i++ {
		store := &Store{delay: time.Duration(i%5) * time.Millisecond, kept: make(chan Object, 4)}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Millisecond)
		_, _ = store.Upload(ctx, Object{Name: "report", Body: []byte("...")})
		cancel()
		time.Sleep(3 * time.Millisecond)
	}
}
