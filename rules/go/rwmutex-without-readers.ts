import { defineRule, lockFields, source } from "#kit";

export default defineRule({
  id: "go/rwmutex-without-readers",
  group: "locks",
  severity: "info",
  since: "0.1.0",
  interest: /\bsync\.RWMutex\b/,
  aliases: ["rwmutex_without_clear_read_heavy_signal"],

  docs: {
    summary: "RWMutex that nobody takes for reading",
    why: "It costs more than a Mutex and promises readers that there are none of; the next one who reads the code looks for them.",
    instead: "Use a `sync.Mutex`, or take the lock with RLock where it is only read under it.",
    bad: {
      "only Lock is ever called": source`
        type Registry struct {
        	mu    sync.RWMutex // want "nobody takes Registry.mu for reading"
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.names[name]++
        }
      `,
    },
    good: {
      "a reader takes it for reading": source`
        type Registry struct {
        	mu    sync.RWMutex
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.names[name]++
        }

        func (r *Registry) Has(name string) bool {
        	r.mu.RLock()
        	defer r.mu.RUnlock()
        	return r.names[name] > 0
        }
      `,
    },
    limits: [
      "Fields that are not exported, of structs of the package, that are locked at least once and handed to nobody.",
      "Where a field of the same name is used in a way that is not understood, nothing is said.",
    ],
    references: ["package sync: RWMutex"],
  },

  *check({ use }) {
    for (const {
      at,
      typeAt,
      owner,
      field,
      lock,
      isPointer,
      isEmbedded,
      calls,
      isUsedElsewhere,
    } of use(lockFields)) {
      if (lock !== "RWMutex" || isPointer || isEmbedded || isUsedElsewhere) continue;
      const [first] = calls;
      if (!first || /^\p{Lu}/u.test(field) || calls.some(({ method }) => /R/.test(method)))
        continue;
      yield {
        at,
        message: `nobody takes ${owner}.${field} for reading: a Mutex does the same for less`,
        related: [
          {
            at: { file: first.file.path, ...first.tree.spanOf(first.node) },
            note: "it is only ever locked as here",
          },
        ],
        fixes: [
          {
            kind: "suggestion",
            description: "make it a sync.Mutex",
            edits: [{ ...typeAt, text: "sync.Mutex" }],
          },
        ],
      };
    }
  },
});
