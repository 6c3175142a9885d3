import { defineRule, loneLocks, source } from "#kit";

export default defineRule({
  id: "go/loop-local-mutex",
  group: "locks",
  severity: "warning",
  since: "0.1.0",
  interest: /\bsync\.(?:RW)?Mutex\b/,
  aliases: ["GCL1006"],

  docs: {
    summary: "Mutex that a function makes for itself, so that it guards nothing",
    why: "Each call, or each pass of the loop, locks a mutex of its own, which nobody else ever sees: two calls at once both go in.",
    instead:
      "Declare the mutex where what it guards is declared: in the struct, in the package, or before the goroutines that share it.",
    bad: {
      "each call has its own": source`
        var total int

        func add(n int) {
        	var mu sync.Mutex
        	mu.Lock() // want "mu is made anew for each call"
        	defer mu.Unlock()
        	total += n
        }
      `,
    },
    good: {
      "one for all calls": source`
        var (
        	mu    sync.Mutex
        	total int
        )

        func add(n int) {
        	mu.Lock()
        	defer mu.Unlock()
        	total += n
        }
      `,
    },
    limits: [
      "Silent where anything but Lock, Unlock and the like mentions the mutex, or a function literal does: others may have it then.",
    ],
  },

  *check({ use }) {
    for (const { at, lock, madeAt, isLocked, isUnlocked } of use(loneLocks)) {
      // Half of a pair is told by the rules about pairs.
      if (!isLocked || !isUnlocked) continue;
      yield {
        at,
        message: `${lock} is made anew for each call, and nobody else has it: it keeps nobody out`,
        related: [{ at: madeAt, note: `${lock} is made here` }],
        about: [at],
      };
    }
  },
});
