// Package firstanswer asks several and takes the first answer.
package firstanswer

import (
	"context"
	"errors"
	"time"
)

// Asker answers a question.
type Asker interface {
	Ask(ctx context.Context, question string) (string, error)
}

type result struct {
	text string
	err  error
}

// Ask returns the first good answer; the others are told to give up and find room for what they say.
func Ask(ctx context.Context, question string, askers ...Asker) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result, len(askers))
	for _, asker := range askers {
		go func() {
			text, err := asker.Ask(ctx, question)
			results <- result{text, err}
		}()
	}
	var all error
	for range askers {
		select {
		case r := <-results:
			if r.err == nil {
				return r.text, nil
			}
			all = errors.Join(all, r.err)
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", all
}

type late struct{ after time.Duration }

func (l late) Ask(ctx context.Context, question string) (string, error) {
	select {
	case <-time.After(l.after):
		return question + "!", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Run asks three.
func Run() {
	if _, err := Ask(context.Background(), "who", late{time.Millisecond}, late{time.Hour}, late{0}); err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, _ = Ask(ctx, "when", late{time.Hour}, late{time.Hour})
}
