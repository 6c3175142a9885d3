package kernel

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
)

type streamConfig struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

type execSession struct {
	id     string
	stdout io.Reader
	stderr io.Reader

	mu     sync.Mutex
	exited bool
}

func (e *execSession) exit() {
	e.mu.Lock()
	e.exited = true
	e.mu.Unlock()
}

type copier struct {
	errs chan error
}

func (c *copier) start(dst io.Writer, src io.Reader) {
	go func() {
		_, err := io.Copy(dst, src)
		c.errs <- err
	}()
}

func (c *copier) wait(n int) error {
	for i := 0; i < n; i++ {
		if err := <-c.errs; err != nil {
			return err
		}
	}
	return nil
}

func attach(cfg streamConfig, e *execSession) error {
	c := &copier{errs: make(chan error)}
	n := 0
	if cfg.out != nil {
		c.start(cfg.out, e.stdout)
		n++
	}
	if cfg.err != nil {
		c.start(cfg.err, e.stderr)
		n++
	}
	defer e.exit()
	return c.wait(n)
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

// Run attaches to a good and to a broken exec session.
func Run() {
	var out, errOut bytes.Buffer
	good := &execSession{id: "1", stdout: strings.NewReader("hi"), stderr: strings.NewReader("")}
	if err := attach(streamConfig{out: &out, err: &errOut}, good); err != nil {
		return
	}
	bad := &execSession{id: "2", stdout: brokenReader{}, stderr: brokenReader{}}
	_ = attach(streamConfig{out: io.Discard, err: io.Discard}, bad)
}
