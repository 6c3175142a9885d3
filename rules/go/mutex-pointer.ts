import { defineRule, lockFields, source } from "#kit";

export default defineRule({
  id: "go/mutex-pointer",
  group: "locks",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\*sync\.(?:RW)?Mutex\b/,
  aliases: ["newMutex"],

  docs: {
    summary: "Pointer to a mutex where the mutex itself would do",
    why: "The zero value of a mutex is ready for use, that of a pointer is a panic at the first Lock; and a copy of the struct shares the lock but not what it guards.",
    instead: "Make the field a `sync.Mutex`, and use the struct through a pointer.",
    bad: {
      "every counter makes its own lock anyway": source`
        type Counter struct {
        	mu *sync.Mutex // want "Counter.mu points to a Mutex that no one else has"
        	n  int
        }

        func NewCounter() *Counter { return &Counter{mu: &sync.Mutex{}} }

        func (c *Counter) Add() {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.n++
        }
      `,
    },
    good: {
      "the zero value is ready": source`
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
      "Off by default: of nine on mature code two were right; the others stand in structs that are copied or decoded as values, which must share or must not hold a lock.",
      "Said only of fields that are not exported, that are given nothing but a new mutex, and that are only locked and unlocked.",
      "Types with methods on values are left alone: their copies share the lock on purpose.",
    ],
    references: ["Uber Go Style Guide: Zero-value Mutexes are Valid"],
  },

  *check({ use }) {
    for (const {
      at,
      owner,
      field,
      lock,
      isPointer,
      isEmbedded,
      calls,
      isUsedElsewhere,
      isOfValue,
    } of use(lockFields)) {
      if (!isPointer || isEmbedded || isUsedElsewhere || isOfValue) continue;
      if (calls.length === 0 || /^\p{Lu}/u.test(field)) continue;
      yield {
        at,
        message: `${owner}.${field} points to a ${lock} that no one else has: its zero value would be ready for use`,
      };
    }
  },
});
