import { callbacksUnderLock, defineRule, listenerFields, source } from "#kit";

export default defineRule({
  id: "go/callback-under-lock",
  group: "locks",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  yieldsTo: ["go/double-lock", "go/recursive-rlock", "go/lock-order-inversion"],

  docs: {
    summary: "Listener that is called under the lock of the object that it was registered with",
    why: "The listener is somebody else's code. As soon as it asks the object anything, it waits for the lock that its own goroutine holds, for ever.",
    instead:
      "Copy the listeners under the lock, unlock, then call them; or say at the registration what a listener may not do.",
    bad: {
      "a listener that asks for the size waits for ever": source`
        type Cache struct {
        	mu        sync.Mutex
        	entries   map[string]string
        	listeners []func(key string)
        }

        func (c *Cache) OnPut(listener func(key string)) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.listeners = append(c.listeners, listener)
        }

        func (c *Cache) Len() int {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	return len(c.entries)
        }

        func (c *Cache) Put(key, value string) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.entries[key] = value
        	for _, listener := range c.listeners {
        		listener(key) // want "c.listeners are called while c.mu is held"
        	}
        }
      `,
    },
    good: {
      "the listeners are called when the lock is released": source`
        type Cache struct {
        	mu        sync.Mutex
        	entries   map[string]string
        	listeners []func(key string)
        }

        func (c *Cache) OnPut(listener func(key string)) {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.listeners = append(c.listeners, listener)
        }

        func (c *Cache) Len() int {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	return len(c.entries)
        }

        func (c *Cache) Put(key, value string) {
        	c.mu.Lock()
        	c.entries[key] = value
        	listeners := slices.Clone(c.listeners)
        	c.mu.Unlock()
        	for _, listener := range listeners {
        		listener(key)
        	}
        }
      `,
    },
    limits: [
      "The function is kept in a field, slice or map whose name says that somebody is told by it (onX, listeners, callbacks, hooks, subscribers, watchers, observers), and an exported method puts in what it is given.",
      "The lock is of the same object, and another exported method takes it.",
      "Functions that return something are asked, not told: they are left alone.",
      "Silent where the comment of the registration or the field speaks of locks, of blocking or of what a listener must not do.",
      "Where the function is known, and known to take the lock, go/double-lock says so.",
    ],
  },

  *check({ use }) {
    const fields = use(listenerFields);
    for (const fault of use(callbacksUnderLock)) {
      const { at, path, lock, needs } = fault;
      if (!fields.has((path.slot ?? "").replace(/\[\*\]$/, ""))) continue;
      const name = path.text.replace(/\[[^\]]*\]$/, "");
      const are = name === path.text ? "is" : "are";
      yield {
        at,
        message: `${name} ${are} called while ${lock.text} is held, which ${needs} needs: a listener that calls it waits for ever`,
        related: [
          { at: fault.acquiredAt, note: `${lock.text} is locked here` },
          { at: fault.registeredAt, note: `${fault.registeredBy} takes listeners from anybody` },
          { at: fault.needsAt, note: `${needs} takes the lock as well` },
        ],
      };
    }
  },
});
