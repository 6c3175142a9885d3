import { defineRule, loopFaults, source } from "#kit";

export default defineRule({
  id: "go/defer-in-infinite-loop",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bdefer\b/,
  aliases: ["SA5003"],

  docs: {
    summary: "Defer in a loop that never ends",
    why: "Deferred calls run when the function returns, which it never does: they pile up, and what they would release is never released.",
    instead: "Put the body of the loop into a function of its own.",
    bad: {
      "never unlocked": source`
        func watch(mu *sync.Mutex, tick <-chan int, seen map[int]bool) {
        	for {
        		n := <-tick
        		mu.Lock()
        		defer mu.Unlock() // want "never runs"
        		seen[n] = true
        	}
        }
      `,
    },
    good: {
      "a function for the pass": source`
        func watch(mu *sync.Mutex, tick <-chan int, seen map[int]bool) {
        	for {
        		n := <-tick
        		func() {
        			mu.Lock()
        			defer mu.Unlock()
        			seen[n] = true
        		}()
        	}
        }
      `,
    },
    limits: ["A loop with a return, a break or a panic ends."],
  },

  *check({ use }) {
    for (const { at } of use(loopFaults).endlessDefers)
      yield { at, message: "the deferred call never runs: the loop around it never ends" };
  },
});
