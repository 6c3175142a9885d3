import { defineRule, lockOrders, source } from "#kit";

export default defineRule({
  id: "go/lock-order-inversion",
  group: "locks",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  aliases: ["GCL1012", "conflictinglock", "lock-order"],

  docs: {
    summary: "Two locks that are taken in one order here and in the other order there",
    why: "Of two goroutines each gets its first lock and then waits for the other's, for ever. It needs both to come at the same moment, so it shows under load.",
    instead:
      "Take the locks in one order everywhere, or release the first one before anything is called that takes the second one.",
    bad: {
      "the pool locks its connections, and a connection its pool": source`
        type Pool struct {
        	mu    sync.Mutex
        	conns map[string]*Conn
        }

        type Conn struct {
        	mu   sync.Mutex
        	name string
        	pool *Pool
        }

        func (p *Pool) CloseAll() {
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	for _, conn := range p.conns {
        		conn.mu.Lock()
        		conn.name = ""
        		conn.mu.Unlock()
        	}
        }

        func (p *Pool) remove(name string) {
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	delete(p.conns, name)
        }

        func (c *Conn) Close() {
        	c.mu.Lock()
        	defer c.mu.Unlock()
        	c.pool.remove(c.name) // want "c.pool.mu is locked while c.mu is held, and the other way round in .*CloseAll"
        }
      `,
    },
    good: {
      "the first lock is released before the second one": source`
        type Pool struct {
        	mu    sync.Mutex
        	conns map[string]*Conn
        }

        type Conn struct {
        	mu   sync.Mutex
        	name string
        	pool *Pool
        }

        func (p *Pool) CloseAll() {
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	for _, conn := range p.conns {
        		conn.mu.Lock()
        		conn.name = ""
        		conn.mu.Unlock()
        	}
        }

        func (p *Pool) remove(name string) {
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	delete(p.conns, name)
        }

        func (c *Conn) Close() {
        	c.mu.Lock()
        	name := c.name
        	c.mu.Unlock()
        	c.pool.remove(name)
        }
      `,
    },
    limits: [
      "A circle of three locks or more is of low confidence, and so not shown by default: on real code such circles were read and found never to close.",
      "Locks are named by their field (`Pool.mu`), and assumed to be of the same objects: two objects of one type are not told apart.",
      "Two locks of one field are left alone: a tree or a key orders them, as a rule.",
      "Silent where all ways hold a further lock, where both only read, and where TryLock does not wait.",
      "Calls are followed inside the package, and a call under a lock into other packages of the module.",
    ],
    references: ["Understanding Real-World Concurrency Bugs in Go, ASPLOS 2019, section 5.1.1"],
  },

  *check({ use }) {
    for (const { odd, others, trace } of use(lockOrders)) {
      const names = [...new Set(others.map(({ function: { name } }) => name))].join(" and ");
      const { held, then } = odd;
      yield {
        at: odd.at,
        // Three have to meet: what keeps them apart is mostly out of sight.
        ...(others.length > 1 && { confidence: "low" as const }),
        message: `${then.lock.text} is locked while ${held.lock.text} is held, and the other way round in ${names}: they can wait for each other for ever`,
        related: [
          { at: odd.heldAt, note: `${held.lock.text} is locked here` },
          ...others.flatMap((other) => [
            { at: other.heldAt, note: `${other.function.name} locks ${other.held.lock.text} here` },
            { at: other.at, note: `and asks for ${other.then.lock.text} here` },
          ]),
        ],
        trace,
        about: [odd.at, ...others.map(({ at }) => at)],
      };
    }
  },
});
