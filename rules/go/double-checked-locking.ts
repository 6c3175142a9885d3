import { defineRule, doubleChecks, source } from "#kit";

export default defineRule({
  id: "go/double-checked-locking",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\.Lock\(\)/,

  docs: {
    summary: "Test without the lock that is repeated under it",
    why: "The first test reads what another goroutine may just be writing under the lock: it can see a pointer whose object is not filled in yet, and a compiler may do with it what it likes.",
    instead:
      "Use sync.Once or sync.OnceValue, take the lock before the first test, or make the field an atomic.",
    bad: {
      "the fast path reads without the lock": source`
        type Client struct{}

        type Pool struct {
        	mu     sync.Mutex
        	client *Client
        }

        func (p *Pool) Client() *Client {
        	if p.client == nil { // want "p.client is tested here without p.mu"
        		p.mu.Lock()
        		defer p.mu.Unlock()
        		if p.client == nil {
        			p.client = &Client{}
        		}
        	}
        	return p.client
        }
      `,
      "the same with early returns": source`
        type Client struct{}

        var (
        	mu     sync.Mutex
        	client *Client
        )

        func Default() *Client {
        	if client != nil { // want "client is tested here without mu"
        		return client
        	}
        	mu.Lock()
        	defer mu.Unlock()
        	if client != nil {
        		return client
        	}
        	client = &Client{}
        	return client
        }
      `,
    },
    good: {
      "a once": source`
        type Client struct{}

        type Pool struct {
        	once   sync.Once
        	client *Client
        }

        func (p *Pool) Client() *Client {
        	p.once.Do(func() { p.client = &Client{} })
        	return p.client
        }
      `,
      "the first test is made under the read lock": source`
        type Client struct{}

        type Pool struct {
        	mu     sync.RWMutex
        	client *Client
        }

        func (p *Pool) Client() *Client {
        	p.mu.RLock()
        	client := p.client
        	p.mu.RUnlock()
        	if client != nil {
        		return client
        	}
        	p.mu.Lock()
        	defer p.mu.Unlock()
        	if p.client == nil {
        		p.client = &Client{}
        	}
        	return p.client
        }
      `,
    },
    limits: [
      "Both tests have to read alike, and what they test has to be set after the second.",
      "Silent where the function locks something before the first test, and about objects that it has made itself.",
    ],
    references: ["https://go.dev/ref/mem#badsync"],
  },

  *check({ use }) {
    for (const { at, subject, subjectAt, lock, lockedAt, setAt } of use(doubleChecks))
      yield {
        at,
        message: `${subject} is tested here without ${lock}, under which it is set`,
        related: [
          { at: lockedAt, note: `${lock} is locked after the test` },
          { at: setAt, note: `${subject} is set here` },
        ],
        about: [at, subjectAt],
      };
  },
});
