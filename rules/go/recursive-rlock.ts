import { defineRule, type SelfDeadlock, selfDeadlocks, source } from "#kit";

export default defineRule({
  id: "go/recursive-rlock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bRLock\(/,
  aliases: ["GCL1013", "mulint", "recursive-locking"],

  docs: {
    summary: "Read lock that a goroutine takes although it holds it already for reading",
    why: "An RWMutex lets no new reader in once a writer waits. If a writer asks for the lock between the two read locks, the second one waits for the writer, the writer waits for the first one, and nobody moves again. It needs load, so it shows in production and not in the tests.",
    instead:
      "Take the read lock once, in the exported method, and call inside only what doesn't lock: a variant whose name or comment says that the lock must be held.",
    bad: {
      "a getter that locks is called under the read lock": source`
        type Registry struct {
        	mu    sync.RWMutex
        	hosts map[string]string
        }

        func (r *Registry) Add(name, address string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.hosts[name] = address
        }

        func (r *Registry) Lookup(name string) string {
        	r.mu.RLock()
        	defer r.mu.RUnlock()
        	return r.hosts[name]
        }

        func (r *Registry) Resolve(names []string) []string {
        	r.mu.RLock()
        	defer r.mu.RUnlock()
        	var found []string
        	for _, name := range names {
        		found = append(found, r.Lookup(name)) // want "Lookup read-locks r.mu again"
        	}
        	return found
        }
      `,
      "String is called by the formatting": source`
        type Member struct {
        	mu   sync.RWMutex
        	name string
        }

        func (m *Member) String() string {
        	m.mu.RLock()
        	defer m.mu.RUnlock()
        	return m.name
        }

        func (m *Member) Rename(name string) {
        	m.mu.Lock()
        	defer m.mu.Unlock()
        	m.name = name
        }

        func (m *Member) Check() error {
        	m.mu.RLock()
        	defer m.mu.RUnlock()
        	if m.name == "" {
        		return fmt.Errorf("%s has no name", m) // want "String read-locks m.mu again"
        	}
        	return nil
        }
      `,
    },
    good: {
      "the read lock is taken once": source`
        type Registry struct {
        	mu    sync.RWMutex
        	hosts map[string]string
        }

        func (r *Registry) Add(name, address string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.hosts[name] = address
        }

        // lookupLocked needs r.mu held.
        func (r *Registry) lookupLocked(name string) string { return r.hosts[name] }

        func (r *Registry) Resolve(names []string) []string {
        	r.mu.RLock()
        	defer r.mu.RUnlock()
        	var found []string
        	for _, name := range names {
        		found = append(found, r.lookupLocked(name))
        	}
        	return found
        }
      `,
    },
    limits: [
      "Calls are followed inside the package, and under a lock into others of the module, where it is clear which function they run, String, Error and the like called by formatting included.",
      "Locks are compared by the path that names them: another instance of the same type is another lock.",
      "Silent where nothing in the package ever locks for writing.",
    ],
    references: [
      "sync.RWMutex: «If any goroutine calls RWMutex.Lock while the lock is already held by one or more readers, concurrent calls to RWMutex.RLock will block»",
    ],
  },

  *check({ use }) {
    for (const [found, ...others] of byFault(use(selfDeadlocks))) {
      const { lock, function: model, at, calledAt, acquiredAt, againAt, through } = found;
      const who = through.at(-1) ?? model.name;
      const outer = through.length === 0 ? "it" : model.name;
      yield {
        at,
        message: `${who} read-locks ${lock.text} again, which ${outer} has read-locked already: a writer in between blocks both`,
        confidence: found.isUnconditional && !found.isByField ? "high" : "medium",
        related: [
          { at: acquiredAt, note: `${lock.text} is locked for reading here` },
          ...(through.length === 0 ? [] : [{ at: againAt, note: "and here again" }]),
          ...others.slice(0, MOST_OTHERS).map((one) => ({ at: one.at, note: "so does this call" })),
        ],
        trace: found.trace,
        about: [at, calledAt, againAt],
      };
    }
  },
});

const MOST_OTHERS = 5;

/** One section that comes to the same lock again by several calls has one fault. */
function byFault(
  all: readonly SelfDeadlock[],
): Iterable<readonly [SelfDeadlock, ...SelfDeadlock[]]> {
  const faults = new Map<string, [SelfDeadlock, ...SelfDeadlock[]]>();
  for (const found of all) {
    if (found.kind !== "read") continue;
    const [acquired, again] = [found.acquiredAt, found.againAt];
    const key = `${acquired.file}:${acquired.start} ${again.file}:${again.start}`;
    const known = faults.get(key);
    if (known) known.push(found);
    else faults.set(key, [found]);
  }
  return faults.values();
}
