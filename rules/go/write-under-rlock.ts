import { defineRule, source, writesUnderReadLock } from "#kit";

export default defineRule({
  id: "go/write-under-rlock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bRLock\(/,
  aliases: ["checklocks"],

  docs: {
    summary: "Field written while its lock is held for reading only",
    why: "Other readers hold the lock at the same time: two of them write the same map or counter at once, and a map written twice at once ends the program.",
    instead: "Take the write lock, or make the field an atomic.",
    bad: {
      "readers count under the read lock": source`
        type Table struct {
        	mu   sync.RWMutex
        	rows map[string]string
        	hits int
        }

        func (t *Table) Get(key string) string {
        	t.mu.RLock()
        	defer t.mu.RUnlock()
        	t.hits++ // want "t.hits is written while t.mu is locked for reading only"
        	return t.rows[key]
        }
      `,
    },
    good: {
      "the counter is an atomic": source`
        type Table struct {
        	mu   sync.RWMutex
        	rows map[string]string
        	hits atomic.Int64
        }

        func (t *Table) Get(key string) string {
        	t.mu.RLock()
        	defer t.mu.RUnlock()
        	t.hits.Add(1)
        	return t.rows[key]
        }
      `,
    },
    limits: [
      "The field belongs to the object that the lock belongs to; elements of slices are left out, since each reader may have its own.",
      "Silent where another lock is held too, and about objects that the function made.",
    ],
    references: ["sync.RWMutex"],
  },

  *check({ use }) {
    for (const { access, lock, lockedAt, caller, calledAt } of use(writesUnderReadLock)) {
      const at = { file: access.model.file, ...access.operation.at };
      const step = (thread: number, place: typeof at, action: string) => ({
        thread,
        at: place,
        action,
        waits: false,
      });
      const { text } = access.path;
      const { name } = caller ?? access.model;
      yield {
        at,
        message: `${text} is written while ${lock.lock.text} is locked for reading only`,
        related: [
          { at: lockedAt, note: `${lock.lock.text} is locked for reading here` },
          ...(calledAt ? [{ at: calledAt, note: `${access.model.name} is called under it` }] : []),
        ],
        trace: {
          threads: [name, `another call of ${name}`],
          steps: [
            step(0, lockedAt, `locks ${lock.lock.text} for reading`),
            step(1, lockedAt, `locks ${lock.lock.text} for reading too`),
            step(0, at, `writes ${text}`),
            step(1, at, `writes ${text}, perhaps at the same time`),
          ],
        },
      };
    }
  },
});
