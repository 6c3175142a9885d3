import { defineRule, source, tornUpdates } from "#kit";

export default defineRule({
  id: "go/atomic-read-modify-write",
  group: "atomics",
  severity: "error",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bLoad(?:Int|Uint)?\w*\(/,

  docs: {
    summary: "Atomic that is loaded and stored again in one statement",
    why: "Load and Store are atomic, the two together are not: what others add in between is lost.",
    instead: "Use Add, or CompareAndSwap in a loop.",
    bad: {
      "one addition is lost": source`
        type Meter struct{ n atomic.Int64 }

        func (m *Meter) Add(delta int64) {
        	m.n.Store(m.n.Load() + delta) // want "m.n is loaded and stored again"
        }
      `,
    },
    good: {
      "one step": source`
        type Meter struct{ n atomic.Int64 }

        func (m *Meter) Add(delta int64) {
        	m.n.Add(delta)
        }
      `,
    },
    limits: [
      "Numbers only, and only in one statement.",
      "Silent where the function has locked something before. That one goroutine alone writes it is not seen.",
    ],
  },

  *check({ use }) {
    for (const { at, variable, loadAt } of use(tornUpdates))
      yield {
        at,
        message: `${variable} is loaded and stored again in two steps: what others store in between is lost`,
        related: [{ at: loadAt, note: "loaded here" }],
        about: [at],
      };
  },
});
