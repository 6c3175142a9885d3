import { defineRule, isOnOwnReceiver, lockFields, selectionsElsewhere, source } from "#kit";

/** A type that is a lock by purpose, or is one with its data, or stands in for another one in tests. */
const BY_PURPOSE = /(?:Lock|Locker|Mutex|Locked|Sync|Safe)\w*$|^(?:Fake|Mock|Stub|Test|Mem)/i;
const FOR_TESTS = /(?:^|\/)(?:\w*(?:test|fake|mock)s?|testing)\//;

export default defineRule({
  id: "go/embedded-mutex",
  group: "locks",
  severity: "info",
  since: "0.1.0",
  scope: "project",
  yieldsTo: ["go/leaky-embedding"],
  interest: /(?:^|[{;])[ \t]*\*?sync\.(?:RW)?Mutex\b/m,
  aliases: ["exposedSyncMutex", "embeddedstructfieldcheck"],

  docs: {
    summary: "Exported struct that embeds its mutex, so that Lock and Unlock are part of its API",
    why: "Whoever has a value can lock it: a caller that holds the lock and calls a method waits for itself, and the lock can never be split or replaced without breaking others.",
    instead: "Give the lock a name of its own that is not exported: `mu sync.Mutex`.",
    bad: {
      "every user of the cache can lock it": source`
        type Cache struct {
        	sync.Mutex // want "Lock and Unlock of Cache are part of its API"
        	items map[string]string
        }

        func (c *Cache) Put(key, value string) {
        	c.Lock()
        	defer c.Unlock()
        	c.items[key] = value
        }
      `,
    },
    good: {
      "the lock is the cache's own": source`
        type Cache struct {
        	mu    sync.Mutex
        	items map[string]string
        }

        func (c *Cache) Put(key, value string) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.items[key] = value
        }
      `,
    },
    limits: [
      "Said only where the methods of the type lock it themselves and nobody else in the module does: otherwise its users are meant to.",
      "Types that are not exported, types named for their lock, programs (package main), packages below internal/, tests and what is made for them are left alone.",
    ],
    references: ["Uber Go Style Guide: Zero-value Mutexes are Valid"],
  },

  *check({ use }) {
    const elsewhere = use(selectionsElsewhere);
    for (const { at, owner, lock, isEmbedded, calls, isInternal } of use(lockFields)) {
      if (!isEmbedded || isInternal || !/^\p{Lu}/u.test(owner) || BY_PURPOSE.test(owner)) continue;
      const [first] = calls;
      if (!first || FOR_TESTS.test(at.file)) continue;
      if (!calls.every((call) => isOnOwnReceiver(call, owner))) continue;
      const type = { package: first.file.importPath, name: owner };
      if (elsewhere.isSelected(type, ["Lock", "Unlock", "RLock", "RUnlock"])) continue;
      yield {
        at,
        message: `Lock and Unlock of ${owner} are part of its API: whoever has one can lock what its methods lock`,
        related: [
          {
            at: { file: first.file.path, ...first.tree.spanOf(first.node) },
            note: `the methods of ${owner} take the embedded ${lock} themselves`,
          },
        ],
        about: [at],
      };
    }
  },
});
