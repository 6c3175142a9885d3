package kernel

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

type envelope struct {
	from, to string
	body     string
}

type transport func(e envelope) error

type delivery struct {
	workers   int
	transport transport

	mu     sync.Mutex
	sent   int
	failed []string
}

type deliveryOption func(*delivery)

func withWorkers(n int) deliveryOption {
	return func(d *delivery) { d.workers = n }
}

func newDelivery(t transport, opts ...deliveryOption) *delivery {
	d := &delivery{workers: 1, transport: t}
	for _, o := range opts {
		o(d)
	}
	return d
}

func (d *delivery) worker(queue <-chan envelope, wg *sync.WaitGroup) {
	defer wg.Done()
	for e := range queue {
		err := d.transport(e)
		d.mu.Lock()
		if err != nil {
			d.failed = append(d.failed, e.to)
		} else {
			d.sent++
		}
		d.mu.Unlock()
	}
}

// deliver parses the spool and hands all messages to the workers.
func (d *delivery) deliver(spool string) error {
	var wg sync.WaitGroup
	queue := make(chan envelope)
	for i := 0; i < d.workers; i++ {
		wg.Add(1)
		go d.worker(queue, &wg)
	}
	for n, line := range strings.Split(spool, "\n") {
		if line == "" {
			continue
		}
		e, err := parse(line)
		if err != nil {
			return fmt.Errorf("line %d: %w", n+1, err)
		}
		queue <- e
	}
	close(queue)
	wg.Wait()
	return nil
}

func parse(line string) (envelope, error) {
	fields := strings.SplitN(line, " ", 3)
	if len(fields) < 3 {
		return envelope{}, errors.New("short line")
	}
	e := envelope{fields[0], fields[1], fields[2]}
	if !strings.Contains(e.to, "@") {
		return envelope{}, fmt.Errorf("%q is no address", e.to)
	}
	return e, nil
}

// Run delivers a good spool and a bad one.
func Run() {
	d := newDelivery(func(e envelope) error {
		if e.body == "" {
			return errors.New("empty")
		}
		return nil
	}, withWorkers(3))
	_ = d.deliver("a@x b@x hello\na@x c@x hi\n")
	if err := d.deliver("a@x b@x hello\na@x nobody hi\n"); err == nil {
		panic("took a bad address")
	}
}
