package kernel

import (
	"sync"
	"time"
)

// Controller syncs keys with some workers.
type Controller struct {
	queue   *Queue
	sync    func(key string) error
	workers sync.WaitGroup
}

// NewController returns a controller that calls sync.
func NewController(sync func(string) error) *Controller {
	return &Controller{queue: NewQueue(), sync: sync}
}

// Start runs the workers.
func (c *Controller) Start(workers int) {
	c.workers.Add(workers)
	for i := 0; i < workers; i++ {
		go c.worker()
	}
}

func (c *Controller) worker() {
	defer c.workers.Done()
	for c.processNext() {
	}
}

func (c *Controller) processNext() bool {
	key, shutdown := c.queue.Get()
	if shutdown {
		return false
	}
	defer c.queue.Done(key)
	if err := c.sync(key); err != nil {
		c.queue.Add(key)
	}
	return true
}

// Stop waits for the workers.
func (c *Controller) Stop() {
	c.queue.ShutDown()
	c.workers.Wait()
}

// Run syncs three keys and stops.
func Run() {
	c := NewController(func(string) error { return nil })
	c.Start(3)
	for _, key := range []string{"ns/a", "ns/b", "ns/c"} {
		c.queue.Add(key)
	}
	time.Sleep(20 * time.Millisecond)
	c.Stop()
}
