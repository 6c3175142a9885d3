import { defineRule, emptyCriticalSections, source } from "#kit";

export default defineRule({
  id: "go/empty-critical-section",
  group: "locks",
  severity: "warning",
  since: "0.1.0",
  interest: /\bR?Unlock\(/,
  aliases: ["SA2001", "badLock"],

  docs: {
    summary: "Lock that is released as soon as it is taken",
    why: "Nothing is protected: mostly the Unlock was to be deferred, and what follows runs without the lock.",
    instead: "Write `defer mu.Unlock()`, or say in a comment whom the empty section waits for.",
    bad: {
      "the unlock was to be deferred": source`
        type Counter struct {
        	mu sync.Mutex
        	n  int
        }

        func (c *Counter) Add() {
        	c.mu.Lock() // want "c.mu is released as soon as it is taken"
        	c.mu.Unlock()
        	c.n++
        }
      `,
    },
    good: {
      "the lock covers what it is for": source`
        type Counter struct {
        	mu sync.Mutex
        	n  int
        }

        func (c *Counter) Add() {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.n++
        }
      `,
      "a comment says that it is a barrier": source`
        type Counter struct {
        	mu sync.Mutex
        	n  int
        }

        func (c *Counter) Drain() {
        	// Wait for whoever is adding.
        	c.mu.Lock()
        	c.mu.Unlock()
        }
      `,
    },
    limits: [
      "Silent where a comment stands above, in or behind the section, and in tests: to take a lock and give it back is a way to wait for its holder.",
    ],
    references: ["staticcheck SA2001"],
  },

  *check({ use }) {
    for (const { at, lock, releasedAt } of use(emptyCriticalSections)) {
      yield {
        at,
        message: `${lock} is released as soon as it is taken: it protects nothing`,
        related: [{ at: releasedAt, note: "released here" }],
        about: [at],
      };
    }
  },
});
