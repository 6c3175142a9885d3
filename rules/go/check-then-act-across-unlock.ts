import { defineRule, source, staleInserts } from "#kit";

export default defineRule({
  id: "go/check-then-act-across-unlock",
  group: "locks",
  severity: "warning",
  since: "0.1.0",
  interest: /\bR?Unlock\(\)/,
  aliases: [],

  docs: {
    summary:
      "Place that is found empty under a lock, and filled under it later without a second look",
    why: "Between the two, another caller finds it empty as well. The second to come back replaces what the first has stored and handed out: a connection, a worker or a file that nobody will end.",
    instead:
      "Look again after taking the lock for the second time, and end what came too late; or let one caller make it, with singleflight or a sync.Once of the key.",
    bad: {
      "two callers dial, one connection is lost": source`
        type Conn struct{ address string }

        func (c *Conn) Close() error { return nil }

        func dial(address string) *Conn { return &Conn{address} }

        type Pool struct {
        	mu    sync.Mutex
        	conns map[string]*Conn
        }

        func (p *Pool) Get(address string) *Conn {
        	p.mu.Lock()
        	conn, ok := p.conns[address]
        	p.mu.Unlock()
        	if ok {
        		return conn
        	}
        	conn = dial(address)
        	p.mu.Lock()
        	p.conns[address] = conn // want "p.conns\\[address\\] may have been filled since p.mu was released"
        	p.mu.Unlock()
        	return conn
        }
      `,
    },
    good: {
      "the second section looks again": source`
        type Conn struct{ address string }

        func (c *Conn) Close() error { return nil }

        func dial(address string) *Conn { return &Conn{address} }

        type Pool struct {
        	mu    sync.Mutex
        	conns map[string]*Conn
        }

        func (p *Pool) Get(address string) *Conn {
        	p.mu.Lock()
        	conn, ok := p.conns[address]
        	p.mu.Unlock()
        	if ok {
        		return conn
        	}
        	mine := dial(address)
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	if first, ok := p.conns[address]; ok {
        		mine.Close()
        		return first
        	}
        	p.conns[address] = mine
        	return mine
        }
      `,
    },
    limits: [
      "Said only of what has to be ended (its type has Close, Stop, Shutdown or the like): to compute a plain value twice is mostly meant.",
      "Exported functions and methods, which several goroutines may call; both sections in one function, with one lock.",
    ],
    references: ["package golang.org/x/sync/singleflight"],
  },

  *check({ use }) {
    for (const insert of use(staleInserts)) {
      const { at, place, lookedAt, lock, releasedAt, lockedAgainAt, type } = insert;
      const name = insert.function;
      yield {
        at,
        message: `${place} may have been filled since ${lock} was released: the ${type} of another caller is replaced and lost`,
        related: [
          { at: lookedAt, note: "here it was still empty" },
          { at: releasedAt, note: `${lock} is released, and others may come` },
        ],
        trace: {
          threads: [`one caller of ${name}`, `another caller of ${name}`],
          steps: [
            { thread: 0, at: lookedAt, action: `finds ${place} empty`, waits: false },
            { thread: 0, at: releasedAt, action: `releases ${lock}`, waits: false },
            { thread: 1, at: lookedAt, action: `finds ${place} empty as well`, waits: false },
            { thread: 1, at: lockedAgainAt, action: `takes ${lock} again`, waits: false },
            { thread: 1, at, action: `stores its own ${type} in ${place}`, waits: false },
            { thread: 0, at, action: `replaces it: that ${type} is lost`, waits: false },
          ],
        },
        about: [at, lookedAt],
      };
    }
  },
});
