import { copiedLocks, defineRule, source } from "#kit";

export default defineRule({
  id: "go/copied-lock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bsync\b|\batomic\b|\*|range|\[/,
  aliases: ["copylocks", "waitgroup-by-value"],

  docs: {
    summary: "Value that holds a lock is copied, so that the copy has a lock of its own",
    why: "Whoever locks the copy excludes nobody: the data is used without the lock. A copy of a lock that is held stays held for ever.",
    instead: "Pass, store and range over pointers, or index the slice.",
    bad: {
      "a receiver by value locks its own copy": source`
        type Counter struct {
        	mu sync.Mutex
        	n  int
        }

        func (c Counter) Add() { // want "c is a copy of Counter, which holds mu sync.Mutex"
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.n++
        }
      `,
    },
    good: {
      "a pointer receiver locks the counter": source`
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
    },
    limits: [
      "Composite literals, zero values and results of calls are new values and are not reported.",
      "Locks are the types of sync and sync/atomic that must not be copied; a type of one's own with Lock and Unlock is not one.",
      "A type that cannot be resolved is left alone.",
      "append is not looked at.",
    ],
    references: [
      "sync: «Values containing the types defined in this package should not be copied»",
    ],
  },

  *check({ use }) {
    for (const { at, what, how, type, lock } of use(copiedLocks)) {
      const holds = lock === type ? "a lock" : lock;
      const message =
        how === "a receiver" || how === "a parameter"
          ? `${what} is a copy of ${type}, which holds ${holds}`
          : `${what} is ${how} by value, and ${type} holds ${holds}`;
      yield { at, message };
    }
  },
});
