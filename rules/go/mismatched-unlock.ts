import { defineRule, mismatchedUnlocks, source } from "#kit";

export default defineRule({
  id: "go/mismatched-unlock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bRLock\(|\bRUnlock\(/,
  aliases: ["badLock", "GCL1008", "wrong-lock-unlock"],

  docs: {
    summary: "RWMutex that is locked in one mode and unlocked in the other",
    why: "Unlock of a lock that is held for reading ends the program («sync: Unlock of unlocked RWMutex») or lets a writer in among readers; the read lock itself stays, and the next writer waits for ever.",
    instead: "Pair Lock with Unlock, and RLock with RUnlock.",
    bad: {
      "a read lock is released as a write lock": source`
        type Table struct {
        	rw   sync.RWMutex
        	rows map[string]int
        }

        func (t *Table) Get(key string) int {
        	t.rw.RLock()
        	defer t.rw.Unlock() // want "t.rw is locked for reading, and Unlock releases a write lock"
        	return t.rows[key]
        }
      `,
    },
    good: {
      "both in one mode": source`
        type Table struct {
        	rw   sync.RWMutex
        	rows map[string]int
        }

        func (t *Table) Get(key string) int {
        	t.rw.RLock()
        	defer t.rw.RUnlock()
        	return t.rows[key]
        }
      `,
    },
    limits: [
      "Lock and unlock stand in one function (deferred calls and closures that it runs included); helpers that lock for their caller are left alone.",
      "Another lock, or the same one of another object, is no partner.",
    ],
    references: ["sync.RWMutex"],
  },

  *check({ use }) {
    for (const { at, lock, lockedFor, acquiredAt, fix } of use(mismatchedUnlocks)) {
      const [mode, method, released] =
        lockedFor === "read" ? ["reading", "Unlock", "write"] : ["writing", "RUnlock", "read"];
      yield {
        at,
        message: `${lock.text} is locked for ${mode}, and ${method} releases a ${released} lock`,
        related: [{ at: acquiredAt, note: `locked for ${mode} here` }],
        fixes: [
          {
            kind: "suggestion",
            description: `release it as it was locked: ${fix.text}`,
            edits: [fix],
          },
        ],
        about: [at],
      };
    }
  },
});
