import { defineRule, source, unusedLocks } from "#kit";

export default defineRule({
  id: "go/unused-lock",
  group: "locks",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bsync\.(?:RW)?Mutex\b/,

  docs: {
    summary: "Lock that nobody takes",
    why: "Whoever reads the declaration believes that what stands beside it is guarded. Either the last Lock was lost, and what it guarded is open to all, or the lock is a leftover.",
    instead: "Take it around the uses of what it is there for, or remove it.",
    bad: {
      "the lock was lost": source`
        type Registry struct {
        	mu    sync.Mutex // want "nothing locks Registry.mu"
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.names[name]++
        }
      `,
    },
    good: {
      "it is taken": source`
        type Registry struct {
        	mu    sync.Mutex
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.names[name]++
        }
      `,
    },
    limits: [
      "Fields and package variables of type `sync.Mutex` or `sync.RWMutex` that are not exported; embedded ones, pointers, and those that a name such as `noCopy` says are there for something else are left out.",
      "Any other mention in the package, tests included, is taken for a use where it is not known to be one of another field.",
    ],
  },

  *check({ use }) {
    for (const { at, lock } of use(unusedLocks))
      yield { at, message: `nothing locks ${lock}, so it guards nothing` };
  },
});
