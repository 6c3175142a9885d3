// Package mirrors downloads a file from whichever mirror is fastest.
package mirrors

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Mirror has a copy of every file.
type Mirror interface {
	Get(ctx context.Context, file string) ([]byte, error)
}

type outcome struct {
	body []byte
	err  error
}

// Client asks several mirrors at once.
type Client struct {
	mirrors []Mirror
	wait    time.Duration
}

// NewClient returns a client that waits so long.
func NewClient(wait time.Duration, mirrors ...Mirror) *Client {
	return &Client{mirrors: mirrors, wait: wait}
}

// Fetch returns the first good answer.
func (c *Client) Fetch(ctx context.Context, file string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.wait)
	defer cancel()
	outcomes := make(chan outcome, len(c.mirrors))
	for _, mirror := range c.mirrors {
		go func() {
			body, err := mirror.Get(ctx, file)
			outcomes <- outcome{body, err}
		}()
	}
	var failures error
	for range c.mirrors {
		select {
		case o := <-outcomes:
			if o.err == nil {
				return o.body, nil
			}
			failures = errors.Join(failures, o.err)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return nil, fmt.Errorf("%s: %w", file, failures)
}

// FetchPair returns two files, or the error of either.
func (c *Client) FetchPair(ctx context.Context, left, right string) (a, b []byte, err error) {
	errs := make(chan error, 2)
	go func() {
		var err error
		a, err = c.Fetch(ctx, left)
		errs <- err
	}()
	go func() {
		var err error
		b, err = c.Fetch(ctx, right)
		errs <- err
	}()
	if err = errors.Join(<-errs, <-errs); err != nil {
		return nil, nil, err
	}
	return a, b, nil
}

type sleepy struct {
	takes time.Duration
	err   error
}

func (s sleepy) Get(ctx context.Context, file string) ([]byte, error) {
	time.Sleep(s.takes)
	return []byte(file), s.err
}

// Run fetches some files.
func Run() {
	client := NewClient(8*time.Millisecond,
		sleepy{takes: time.Millisecond, err: errors.New("not here")},
		sleepy{takes: 3 * time.Millisecond},
		sleepy{takes: 20 * time.Millisecond},
	)
	_, _ = client.Fetch(context.Background(), "index")
	_, _, _ = client.FetchPair(context.Background(), "index", "about")
	late := NewClient(time.Millisecond, sleepy{takes: 5 * time.Millisecond})
	_, _ = late.Fetch(context.Background(), "index")
}
