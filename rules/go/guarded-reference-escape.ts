import { defineRule, guardedReferences, source } from "#kit";

export default defineRule({
  id: "go/guarded-reference-escape",
  group: "locks",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bR?Lock\(/,

  docs: {
    summary: "Map that is fetched under its lock and used without it",
    why: "Only the map's name was read under the lock; the map itself is the one that the others change. Whoever ranges over it meanwhile ends the program with «concurrent map iteration and map write».",
    instead: "Hold the lock as long as the map is used, or take a copy: `maps.Clone(c.peers)`.",
    bad: {
      "ranged over after the unlock": source`
        type Pool struct {
        	mu    sync.Mutex
        	conns map[string]io.Closer
        }

        func (p *Pool) Forget(name string) {
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	delete(p.conns, name)
        }

        func (p *Pool) Close() {
        	p.mu.Lock()
        	conns := p.conns
        	p.mu.Unlock()
        	for _, conn := range conns { // want "conns is the map p.conns, which others change under p.mu, and p.mu is not held here"
        		conn.Close()
        	}
        }
      `,
      "handed out": source`
        type Registry struct {
        	mu    sync.RWMutex
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.names[name] = len(r.names)
        }

        func (r *Registry) Names() map[string]int {
        	r.mu.RLock()
        	defer r.mu.RUnlock()
        	return r.names // want "r.names leaves r.mu behind: others change this map while the caller reads it"
        }
      `,
    },
    good: {
      "a copy is made under the lock": source`
        type Registry struct {
        	mu    sync.RWMutex
        	names map[string]int
        }

        func (r *Registry) Add(name string) {
        	r.mu.Lock()
        	defer r.mu.Unlock()
        	r.names[name] = len(r.names)
        }

        func (r *Registry) Names() map[string]int {
        	r.mu.RLock()
        	defer r.mu.RUnlock()
        	return maps.Clone(r.names)
        }
      `,
    },
    limits: [
      "Maps alone. One that is only ever replaced is a snapshot and may be handed out; so may one that the function replaces itself.",
      "The lock must be taken by the function that fetches the map, and no wait or receive may stand before: the others may be done by then.",
    ],
    references: ["https://go.dev/blog/maps#concurrency"],
  },

  *check({ use }) {
    for (const { path, lock, takenAt, at, as, change, changedAt } of use(guardedReferences)) {
      const message =
        as === undefined
          ? `${path.text} leaves ${lock.text} behind: others change this map while the caller reads it`
          : `${as} is the map ${path.text}, which others change under ${lock.text}, and ${lock.text} is not held here`;
      yield {
        at,
        message,
        related: [
          ...(as === undefined ? [] : [{ at: takenAt, note: "fetched here, not copied" }]),
          { at: changedAt, note: `${change.model.name} changes it` },
        ],
        about: [at, takenAt],
      };
    }
  },
});
