import { defineRule, source, unlockedCalls } from "#kit";

export default defineRule({
  id: "go/missing-lock",
  group: "locks",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /[lL]ock/,
  aliases: ["checklocks"],

  docs: {
    summary: "Function that counts on its caller's lock is called without it",
    why: "A name like `evictLocked`, or a comment that says `mu must be held`, is all that stands between the function and a race: it does not lock for itself, so this call runs beside those that hold the lock.",
    instead: "Take the lock around the call, or call the variant that locks.",
    bad: {
      "one caller forgot": source`
        type Cache struct {
        	mu    sync.Mutex
        	items map[string]int
        }

        func (c *Cache) Put(key string, n int) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.items[key] = n
        	c.evictLocked()
        }

        func (c *Cache) Trim() {
        	c.evictLocked() // want "evictLocked counts on its caller to hold c.mu, and .*Trim does not"
        }

        func (c *Cache) evictLocked() {
        	clear(c.items)
        }
      `,
    },
    good: {
      "every caller holds it": source`
        type Cache struct {
        	mu    sync.Mutex
        	items map[string]int
        }

        func (c *Cache) Put(key string, n int) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.items[key] = n
        	c.evictLocked()
        }

        func (c *Cache) Trim() {
        	c.mu.Lock()
        	c.evictLocked()
        	c.mu.Unlock()
        }

        func (c *Cache) evictLocked() {
        	clear(c.items)
        }
      `,
    },
    limits: [
      "Methods whose name ends in `Locked`, or whose comment says in the usual words that a lock must be held; another call of the package has to show which lock that is.",
      "Silent about objects that the caller made, functions that prepare an object (by their names), tests, and callers that hold a lock which is not known or are called by those who may hold it.",
    ],
  },

  *check({ use }) {
    for (const { callee, call, lock, locked, trace } of use(unlockedCalls)) {
      const name = callee.name.slice(callee.name.lastIndexOf(".") + 1);
      yield {
        at: call.at,
        message: `${name} counts on its caller to hold ${lock}, and ${call.caller.name} does not`,
        related: [
          { at: locked.at, note: `${locked.caller.name} holds it here` },
          { at: { file: callee.file, ...callee.nameAt }, note: "declared here" },
        ],
        trace,
      };
    }
  },
});
