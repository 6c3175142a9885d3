import { deferredLocks, defineRule, source } from "#kit";

export default defineRule({
  id: "go/deferred-lock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /defer[^\n]*\.R?Lock\(/,
  aliases: ["SA2003", "badLock", "GCL1005"],

  docs: {
    summary: "Deferred Lock right after the Lock, where Unlock was meant",
    why: "The function locks again when it returns, while it holds the lock: it never returns, and everyone who needs the lock waits with it.",
    instead: "Write `defer mu.Unlock()`.",
    bad: {
      "the deferred call locks again": source`
        type Counter struct {
        	mu sync.Mutex
        	n  int
        }

        func (c *Counter) Add() {
        	c.mu.Lock()
        	defer c.mu.Lock() // want "defer locks c.mu again"
        	c.n++
        }
      `,
    },
    good: {
      "the deferred call unlocks": source`
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
      "The Lock stands directly before the defer: after an Unlock a deferred Lock gives the lock back to the caller, and is right.",
    ],
    references: ["staticcheck SA2003"],
  },

  *check({ use }) {
    for (const { at, lock, method, acquiredAt, fix } of use(deferredLocks)) {
      yield {
        at,
        message: `defer locks ${lock} again when the function returns: ${fix.text} was meant`,
        related: [{ at: acquiredAt, note: `${lock} is locked here` }],
        trace: {
          threads: ["the function"],
          steps: [
            { thread: 0, at: acquiredAt, action: `locks ${lock}`, waits: false },
            {
              thread: 0,
              at,
              action: `calls ${lock}.${method} on its way out, and waits for itself`,
              waits: true,
            },
          ],
        },
        fixes: [{ kind: "suggestion", description: `defer ${fix.text}`, edits: [fix] }],
        about: [at],
      };
    }
  },
});
