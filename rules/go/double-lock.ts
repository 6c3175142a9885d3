import { defineRule, selfDeadlocks, source } from "#kit";

export default defineRule({
  id: "go/double-lock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  // A closure that is handed over may be called with a lock held elsewhere.
  interest: /\bR?Lock\(|\w\.[A-Z]\w*\((?:.{0,120},[ \t]*)?func\(/,
  aliases: ["GCL1011", "doublelock"],

  docs: {
    summary: "Lock that a goroutine takes although it holds it already",
    why: "Go's locks are not reentrant: the goroutine waits for itself, for ever, and everyone who needs the lock waits with it.",
    instead:
      "Split the function: an exported one that locks, and one without, whose name or comment says that the lock must be held.",
    bad: {
      "a method that locks is called under the lock": source`
        type Cache struct {
        	mu      sync.Mutex
        	entries map[string]string
        }

        func (c *Cache) Len() int {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	return len(c.entries)
        }

        func (c *Cache) Put(key, value string) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	if c.Len() < 100 { // want "Len locks c.mu, which .*Put holds already"
        		c.entries[key] = value
        	}
        }
      `,
    },
    good: {
      "the lock is held once": source`
        type Cache struct {
        	mu      sync.Mutex
        	entries map[string]string
        }

        // lenLocked needs c.mu held.
        func (c *Cache) lenLocked() int { return len(c.entries) }

        func (c *Cache) Put(key, value string) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	if c.lenLocked() < 100 {
        		c.entries[key] = value
        	}
        }
      `,
    },
    limits: [
      "Calls are followed a few deep, a call under a lock into other packages of the module too: through interfaces where few types implement them, through fields where all the functions kept in them are known.",
      "Locks are compared by the path that names them: another instance of the same type is another lock.",
      "A callee that locks or not as its arguments tell is left alone.",
      "Two read locks of one RWMutex are not reported here.",
    ],
    references: ["sync.Mutex", "sync.RWMutex: «this prohibits recursive read-locking»"],
  },

  *check({ use }) {
    for (const found of use(selfDeadlocks)) {
      if (found.kind === "read") continue;
      const { lock, function: model, at, calledAt, acquiredAt, againAt, through } = found;
      const [callee] = through;
      yield {
        at,
        message:
          callee === undefined
            ? `${model.name} locks ${lock.text}, which it holds already`
            : `${through.at(-1)} locks ${lock.text}, which ${model.name} holds already`,
        confidence: found.isUnconditional && !found.isByField ? "high" : "medium",
        related: [
          { at: acquiredAt, note: `${lock.text} is locked here` },
          ...(callee === undefined ? [] : [{ at: againAt, note: "and here again" }]),
        ],
        trace: found.trace,
        about: [at, calledAt, againAt],
      };
    }
  },
});
