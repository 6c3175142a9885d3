import { defineRule, source, uncheckedTryLocks } from "#kit";

export default defineRule({
  id: "go/unchecked-trylock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bTryR?Lock\(/,
  aliases: ["GCL1004"],

  docs: {
    summary: "TryLock whose answer is dropped",
    why: "Whether the lock is held afterwards nobody knows: the section runs without it, and the Unlock releases somebody else's lock or panics.",
    instead: "Test the answer, or call Lock.",
    bad: {
      "the answer is dropped": source`
        type Counter struct {
        	mu sync.Mutex
        	n  int
        }

        func (c *Counter) Add() {
        	c.mu.TryLock() // want "answer of c.mu.TryLock is dropped"
        	defer c.mu.Unlock()
        	c.n++
        }
      `,
    },
    good: {
      "the answer decides": source`
        type Counter struct {
        	mu sync.Mutex
        	n  int
        }

        func (c *Counter) Add() bool {
        	if !c.mu.TryLock() {
        		return false
        	}
        	defer c.mu.Unlock()
        	c.n++
        	return true
        }
      `,
    },
    limits: ["Only sync.Mutex and sync.RWMutex: a TryLock of one's own may mean something else."],
    references: ["sync.Mutex.TryLock"],
  },

  *check({ use }) {
    for (const { at, lock, method } of use(uncheckedTryLocks)) {
      yield {
        at,
        message: `the answer of ${lock}.${method} is dropped: whether ${lock} is held from here on is chance`,
        about: [at],
      };
    }
  },
});
