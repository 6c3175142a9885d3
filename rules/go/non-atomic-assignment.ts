import { atomicAssignments, defineRule, source } from "#kit";

export default defineRule({
  id: "go/non-atomic-assignment",
  group: "atomics",
  severity: "error",
  since: "0.1.0",
  interest: /\bAdd(?:Int|Uint)/,
  aliases: ["atomic"],

  docs: {
    summary: "Result of an atomic addition that is assigned to the same variable",
    why: "The addition is atomic, the assignment is not: it writes back a sum that others may have changed since.",
    instead: "Leave the assignment out.",
    bad: {
      "assigned once more": source`
        func count(served *struct{ n int64 }) {
        	served.n = atomic.AddInt64(&served.n, 1) // want "atomic.AddInt64 changes served.n already"
        }
      `,
    },
    good: {
      "the addition alone": source`
        func count(served *struct{ n int64 }) {
        	atomic.AddInt64(&served.n, 1)
        }
      `,
    },
    limits: ["The variable and the argument have to read alike."],
  },

  *check({ use }) {
    for (const { at, variable, call, fix } of use(atomicAssignments))
      yield {
        at,
        message: `${call} changes ${variable} already; the assignment writes it once more, and not atomically`,
        fixes: fix ? [{ kind: "safe", description: "drop the assignment", edits: [fix] }] : [],
        about: [at],
      };
  },
});
