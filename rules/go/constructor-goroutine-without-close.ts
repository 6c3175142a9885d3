import { defineRule, source, unstoppableConstructors } from "#kit";

export default defineRule({
  id: "go/constructor-goroutine-without-close",
  group: "goroutines",
  stage: "trial",
  severity: "warning",
  since: "0.1.0",
  interest: /\bgo\s+[\w(]/,

  docs: {
    summary: "Constructor that starts a goroutine which nobody can end",
    why: "Every value that is made leaves a goroutine behind, with all that it holds, until the process ends: each test, each reload, each reconnection one more.",
    instead:
      "Take a context, or give the type a Close that ends the loop and waits for it; let the caller say when it begins.",
    bad: {
      "the cache cannot be closed": source`
        package cache

        type Cache struct {
        	mu      sync.Mutex
        	entries map[string]time.Time
        }

        func New() *Cache {
        	c := &Cache{entries: map[string]time.Time{}}
        	go c.expire() // want "New starts a goroutine that never ends, and Cache has no Close"
        	return c
        }

        func (c *Cache) expire() {
        	for {
        		time.Sleep(time.Minute)
        		c.mu.Lock()
        		for key, until := range c.entries {
        			if time.Now().After(until) {
        				delete(c.entries, key)
        			}
        		}
        		c.mu.Unlock()
        	}
        }
      `,
    },
    good: {
      "Close ends it": source`
        package cache

        type Cache struct {
        	done    chan struct{}
        	entries map[string]time.Time
        }

        func New() *Cache {
        	c := &Cache{done: make(chan struct{}), entries: map[string]time.Time{}}
        	go c.expire()
        	return c
        }

        func (c *Cache) Close() { close(c.done) }

        func (c *Cache) expire() {
        	ticker := time.NewTicker(time.Minute)
        	defer ticker.Stop()
        	for {
        		select {
        		case <-ticker.C:
        		case <-c.done:
        			return
        		}
        	}
        }
      `,
    },
    limits: [
      "Functions named New, Make, Create, Open or Dial, outside of package main and of tests.",
      "Only loops for ever without any return, break, panic or exit in them, in the goroutine's literal or in the function or method that it calls.",
      "Silent where the head takes a context, a channel or another thing to stop by, or returns a function, and where the type has any method that ends things, promoted ones included; and where a comment in the constructor says that it lives as long as the process.",
      "On trial: on nine repositories it spoke once, and that value was meant to live as long as the process.",
    ],
    whenNotToUse: "For values that a process makes once and keeps.",
    references: [
      "https://github.com/uber-go/guide: Don't fire-and-forget goroutines.",
      "https://google.github.io/styleguide/go/decisions#goroutine-lifetimes",
    ],
  },

  *check({ use }) {
    for (const { at, maker, type, loopAt } of use(unstoppableConstructors)) {
      yield {
        at,
        message: `${maker} starts a goroutine that never ends, and ${type} has no Close or Stop to end it by`,
        related: [{ at: loopAt, note: "the loop has no way out" }],
      };
    }
  },
});
