import { defineRule, guardedFields, openUses, source } from "#kit";

export default defineRule({
  id: "go/guarded-by-violation",
  group: "locks",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\b(?:guard|protect)|\+checklocks:|\./i,
  yieldsTo: ["go/write-under-rlock", "go/double-checked-locking"],
  aliases: ["checklocks"],

  docs: {
    summary: "Field used without the lock that its comment says guards it",
    why: "The comment is a promise to all who write code beside it; one use that breaks it is a race with all the others.",
    instead: "Take the lock around the use, or correct the comment.",
    bad: {
      "the promise is broken": source`
        type Cache struct {
        	mu    sync.Mutex
        	items map[string]int // guarded by mu
        }

        func (c *Cache) Put(name string, n int) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.items[name] = n
        }

        func (c *Cache) Size() int {
        	return len(c.items) // want "c.items is read without c.mu, which guards it as its declaration says"
        }
      `,
    },
    good: {
      "the promise is kept": source`
        type Cache struct {
        	mu    sync.Mutex
        	items map[string]int // guarded by mu
        }

        func (c *Cache) Size() int {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	return len(c.items)
        }
      `,
    },
    limits: [
      "Understood are `guarded by mu`, `protected by mu` and `+checklocks:mu` beside or above the field, and `guards a, b and c` beside the lock, where lock and field stand in one struct.",
      "Silent about objects that the function made, functions that prepare an object (by their names), tests, functions that any lock may be held in, and those whose callers hold one or are not known.",
    ],
  },

  *check({ use }) {
    const fields = use(guardedFields);
    if (fields.length === 0) return;
    const uses = use(openUses)(new Map(fields.map(({ slot, lockSlot }) => [slot, lockSlot])));
    for (const { slot, lock, at: declaredAt } of fields) {
      const told = new Set<string>();
      for (const { model, operation, path, isWrite } of uses.get(slot) ?? []) {
        // One fault a function.
        if (told.has(model.id)) continue;
        told.add(model.id);
        const owner = path.text.slice(0, path.text.lastIndexOf(".") + 1);
        yield {
          at: { file: model.file, ...operation.at },
          message: `${path.text} is ${isWrite ? "written" : "read"} without ${owner}${lock}, which guards it as its declaration says`,
          related: [{ at: declaredAt, note: `declared as guarded by ${lock}` }],
        };
      }
    }
  },
});
