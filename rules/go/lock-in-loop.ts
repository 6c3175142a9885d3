import { defineRule, locksInLoops, source } from "#kit";

export default defineRule({
  id: "go/lock-in-loop",
  group: "locks",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  aliases: ["mutex_in_loop"],

  docs: {
    summary: "Lock that each pass of a loop takes and gives back, with nothing slow in between",
    why: "Taking a lock costs more than what the pass does; with others at it, each pass waits again.",
    instead: "Take the lock once, around the loop.",
    bad: {
      "a lock a word": source`
        type counts struct {
        	mu    sync.Mutex
        	words map[string]int
        }

        func (c *counts) addAll(words []string) {
        	for _, word := range words {
        		c.mu.Lock() // want "each pass of the loop takes c.mu"
        		c.words[word]++
        		c.mu.Unlock()
        	}
        }
      `,
    },
    good: {
      "a lock for all of them": source`
        type counts struct {
        	mu    sync.Mutex
        	words map[string]int
        }

        func (c *counts) addAll(words []string) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	for _, word := range words {
        		c.words[word]++
        	}
        }
      `,
    },
    limits: [
      "Range loops whose pass is plain work: calls, channels and goroutines in it are a reason to hold the lock for less.",
      "A lock of the element itself is another one in each pass.",
      "Opt-in: to hold a lock for less is often what is wanted; the rule is for code whose speed was measured.",
    ],
  },

  *check({ use }) {
    for (const { at, lock, loopAt } of use(locksInLoops)) {
      yield {
        at,
        message: `each pass of the loop takes ${lock} and gives it back`,
        related: [{ at: loopAt, note: "the lock could be held around this loop" }],
      };
    }
  },
});
