package kernel

import (
	"sync"
	"time"
)

// Task is a unit of work.
type Task struct {
	Name string
	Do   func() error
}

// Config says how a pool is made.
type Config struct {
	Workers int
	Queue   int
	Warmup  []Task
	OnError func(Task, error)
}

func (c *Config) defaults() {
	if c.Workers <= 0 {
		c.Workers = 2
	}
	if c.Queue <= 0 {
		c.Queue = 4
	}
	if c.OnError == nil {
		c.OnError = func(Task, error) {}
	}
}

// Pool runs tasks.
type Pool struct {
	config Config
	tasks  chan Task
	wg     sync.WaitGroup
}

// Open makes a pool, gives it the warm-up tasks and starts it.
func Open(config Config) *Pool {
	config.defaults()
	p := &Pool{config: config, tasks: make(chan Task, config.Queue)}
	p.start()
	p.warm()
	return p
}

func (p *Pool) warm() {
	for _, task := range p.config.Warmup {
		p.Submit(task)
	}
}

func (p *Pool) start() {
	for i := 0; i < p.config.Workers; i++ {
		p.wg.Add(1)
		go p.work()
	}
}

func (p *Pool) work() {
	defer p.wg.Done()
	for task := range p.tasks {
		if err := task.Do(); err != nil {
			p.config.OnError(task, err)
		}
	}
}

// Submit queues a task and waits for room.
func (p *Pool) Submit(task Task) {
	p.tasks <- task
}

// Close waits for the queued tasks.
func (p *Pool) Close() {
	close(p.tasks)
	p.wg.Wait()
}

// Run opens two pools.
func Run() {
	load := func(name string) Task {
		return Task{Name: name, Do: func() error {
			time.Sleep(time.Millisecond)
			return nil
		}}
	}
	small := Open(Config{Warmup: []Task{load("fonts"), load("icons")}})
	small.Submit(load("page"))
	small.Close()

	var warmup []Task
	for _, name := range []string{"fonts", "icons", "styles", "texts", "units", "zones"} {
		warmup = append(warmup, load(name))
	}
	big := Open(Config{Workers: 3, Warmup: warmup})
	big.Close()
}
