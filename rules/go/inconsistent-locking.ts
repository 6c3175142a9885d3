import { defineRule, inconsistentAccesses, type SharedField, source } from "#kit";

export default defineRule({
  id: "go/inconsistent-locking",
  group: "locks",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  aliases: ["structfield", "checklocks"],
  yieldsTo: ["go/write-under-rlock", "go/guarded-by-violation", "go/double-checked-locking"],

  docs: {
    summary: "Field used without the lock that its other uses hold",
    why: "The lock keeps nobody out who does not ask for it: whoever reads beside it sees a map while it grows, half of an interface, or a value that was never meant to be seen. Two writers end the program with «concurrent map writes».",
    instead: "Lock here too, or call a helper that does.",
    bad: {
      "one method forgot the lock": source`
        type Registry struct {
        	mu    sync.Mutex
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.names[name] = len(r.names)
        }

        func (r *Registry) Remove(name string) {
        	r.mu.Lock()
        	delete(r.names, name)
        	r.mu.Unlock()
        }

        func (r *Registry) Has(name string) bool {
        	_, ok := r.names[name] // want "r.names is read without r.mu, which is held at 3 of its 4 uses"
        	return ok
        }
      `,
    },
    good: {
      "every use is locked": source`
        type Registry struct {
        	mu    sync.Mutex
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.names[name] = len(r.names)
        }

        func (r *Registry) Remove(name string) {
        	r.mu.Lock()
        	delete(r.names, name)
        	r.mu.Unlock()
        }

        func (r *Registry) Has(name string) bool {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	_, ok := r.names[name]
        	return ok
        }
      `,
    },
    limits: [
      "The lock is inferred: it is held at two thirds of all uses and at a write, by the function or by all who call it. Two such uses are enough for a function that others call at once, or that takes the lock itself and lets it go too early; otherwise three. A map that is changed under the lock alone may have fewer, and so may what the lock is named after: `modulesMu` guards `modules`.",
      "Fewer uses than that are enough where a function looks at the field under the lock and then writes it without, has had the lock and writes what another one reads under it, changes a map that is read under it, or writes what a section elsewhere is there for: a write that is told of so has medium confidence.",
      "A function that takes the lock and reads the field when it has let it go is reported where another one writes it under the lock, and nobody without it.",
      "Silent about objects that the function made, functions that prepare an object (by their names), tests, and functions whose callers hold a lock or are not known.",
      "Another lock is no excuse where some use under the right one does without it; where it is not known what is held, nothing is said.",
    ],
    references: ["https://go.dev/ref/mem"],
  },

  *check({ use }) {
    const told = new Set<string>();
    for (const found of use(inconsistentAccesses)) {
      const { access, against, field, lockedPlaces, allPlaces, isAfterUnlock, isTold, trace } =
        found;
      // `s.tables.recent` is a use of s.tables as well.
      const place = `${access.model.file}:${access.operation.at.start}`;
      if (told.has(place)) continue;
      told.add(place);
      const lock = lockName(access.path.text, field);
      const does = access.isWrite ? "written" : "read";
      const theyDo = against.isWrite ? "writes" : "reads";
      const message = isAfterUnlock
        ? `${access.path.text} is ${does} after ${lock} is unlocked, and ${against.model.name} writes it under ${lock}`
        : isTold
          ? `${access.path.text} is ${does} without ${lock}, under which ${against.model.name} ${theyDo} it`
          : `${access.path.text} is ${does} without ${lock}, which is held at ${lockedPlaces} of its ${allPlaces} uses`;
      const at = { file: access.model.file, ...access.operation.at };
      const [locks] = against.by.steps;
      const related = [
        {
          at: { file: against.model.file, ...against.operation.at },
          note: `${against.model.name} ${theyDo} it under ${against.by.lock.text}`,
        },
      ];
      if (locks) related.push({ at: locks.at, note: `${against.by.lock.text} is locked here` });
      yield {
        at,
        message,
        // One section that reads it proves little of a write elsewhere: half of these were right where they were read.
        confidence: isTold && access.isWrite ? "medium" : "high",
        related,
        trace,
      };
    }
  },
});

/** The lock as it would be written here: `c.items` and `r.mu` make `c.mu`. */
function lockName(path: string, { slot, lock, lockText }: SharedField): string {
  const owner = (text: string) => text.slice(0, text.lastIndexOf("."));
  const dots = (text: string) => text.split(".").length;
  const isBeside = owner(slot) === owner(lock) || dots(path) === dots(lockText);
  return isBeside && path.includes(".")
    ? `${owner(path)}.${lock.slice(lock.lastIndexOf(".") + 1)}`
    : lockText;
}
