import { defineRule, nilLockers, source } from "#kit";

export default defineRule({
  id: "go/cond-nil-locker",
  group: "atomics",
  severity: "error",
  since: "0.1.0",
  interest: /\bNewCond\(/,
  aliases: ["GCL4001"],

  docs: {
    summary: "Condition variable without a lock",
    why: "Wait unlocks and locks its lock again: with nil it panics.",
    instead: "Give it the lock that guards what it waits for.",
    bad: {
      "no lock": source`
        var ready = sync.NewCond(nil) // want "Wait will panic"
      `,
    },
    good: {
      "the lock of what it waits for": source`
        var (
        	mu    sync.Mutex
        	ready = sync.NewCond(&mu)
        )
      `,
    },
    limits: ["Only a nil that is written there."],
  },

  *check({ use }) {
    for (const at of use(nilLockers))
      yield { at, message: "the condition variable has no lock: Wait will panic", about: [at] };
  },
});
