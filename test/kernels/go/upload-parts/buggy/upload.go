package kernel

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"
)

var (
	errThrottled = errors.New("slow down")
	errRejected  = errors.New("part rejected")
)

type store interface {
	putPart(ctx context.Context, upload string, n int, data []byte) (etag string, err error)
}

type part struct {
	n    int
	data []byte
	etag string
}

type upload struct {
	id      string
	store   store
	backoff time.Duration

	mu       sync.Mutex
	pending  []*part
	done     map[int]string
	attempts int
	lastErr  error
}

func newUpload(id string, s store, parts ...[]byte) *upload {
	u := &upload{id: id, store: s, backoff: 100 * time.Microsecond, done: map[int]string{}}
	for i, p := range parts {
		u.pending = append(u.pending, &part{n: i + 1, data: p})
	}
	return u
}

func (u *upload) take() *part {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.pending) == 0 {
		return nil
	}
	p := u.pending[0]
	u.pending = u.pending[1:]
	return p
}

// work ships parts until there are none, or the store wants no more.
func (u *upload) work(ctx context.Context) {
parts:
	for p := u.take(); p != nil; p = u.take() {
		for try := 0; try < 4; try++ {
			etag, err := u.store.putPart(ctx, u.id, p.n, p.data)
			u.mu.Lock()
			u.attempts++
			switch {
			case err == nil:
				u.done[p.n] = etag
				u.mu.Unlock()
				continue parts
			case errors.Is(err, errThrottled):
				u.lastErr = err
			default:
				u.lastErr = err
				u.pending = nil
				break parts
			}
			u.mu.Unlock()
			time.Sleep(u.backoff << try)
		}
	}
}

func (u *upload) finish() (map[int]string, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.lastErr != nil && !errors.Is(u.lastErr, errThrottled) {
		return nil, u.lastErr
	}
	return maps.Clone(u.done), nil
}

type pickyStore struct {
	mu    sync.Mutex
	calls int
}

func (s *pickyStore) putPart(_ context.Context, _ string, n int, data []byte) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.calls == 2 {
		return "", errThrottled
	}
	if len(data) == 0 {
		return "", errRejected
	}
	return string(rune('a' + n)), nil
}

// Run ships four parts of which one is empty.
func Run() {
	u := newUpload("u-1", &pickyStore{}, []byte("x"), []byte("y"), nil, []byte("z"))
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			u.work(context.Background())
		}()
	}
	wg.Wait()
	if _, err := u.finish(); err == nil {
		panic("a rejected part went unnoticed")
	}
}
