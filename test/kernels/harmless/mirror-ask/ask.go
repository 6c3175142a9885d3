package kernel

import (
	"context"
	"errors"
	"time"
)

var errNoMirror = errors.New("no mirror answered")

type mirror interface {
	head(path string) (etag string, err error)
}

type reply struct {
	from int
	etag string
	err  error
}

type client struct {
	mirrors []mirror
	hedge   time.Duration
	losers  int
}

// etag asks the mirrors one after the other, each after a delay, and takes the first good answer.
func (c *client) etag(ctx context.Context, path string) (string, error) {
	replies := make(chan reply, len(c.mirrors))
	asked, failed := 0, 0
	ask := func() {
		if asked == len(c.mirrors) {
			return
		}
		go c.fetch(asked, path, replies)
		asked++
	}
	ask()
	t := time.NewTicker(c.hedge)
	defer t.Stop()
	for failed < len(c.mirrors) {
		select {
		case r := <-replies:
			if r.err == nil {
				c.losers += asked - failed - 1
				return r.etag, nil
			}
			failed++
			ask()
		case <-t.C:
			ask()
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", errNoMirror
}

func (c *client) fetch(i int, path string, replies chan<- reply) {
	etag, err := c.mirrors[i].head(path)
	replies <- reply{i, etag, err}
}

type pacedMirror struct {
	delay time.Duration
	down  bool
}

func (p pacedMirror) head(path string) (string, error) {
	time.Sleep(p.delay)
	if p.down {
		return "", errors.New("down")
	}
	return "etag of " + path, nil
}

// Run asks with a good answer, without one, and with a short deadline.
func Run() {
	ctx := context.Background()
	slow, quick, down := pacedMirror{delay: 5 * time.Millisecond}, pacedMirror{}, pacedMirror{down: true}
	for _, list := range [][]mirror{{slow, slow, quick}, {down, down}, {down, slow}} {
		c := &client{mirrors: list, hedge: time.Millisecond}
		_, _ = c.etag(ctx, "/index")
	}
	short, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	_, _ = (&client{mirrors: []mirror{slow, slow}, hedge: time.Second}).etag(short, "/index")
}
