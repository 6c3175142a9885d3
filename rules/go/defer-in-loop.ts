import { defersInLoops, defineRule, source } from "#kit";

export default defineRule({
  id: "go/defer-in-loop",
  group: "locks",
  severity: "warning",
  since: "0.1.0",
  interest: /\bdefer\b/,
  aliases: ["SA9001", "deferInLoop", "deferloop", "GCL1007"],

  docs: {
    summary: "Deferred Unlock or Close in a loop, which runs only when the function returns",
    why: "A deferred Unlock leaves the lock held in the next pass, which waits for it for ever. A deferred Close keeps every file, connection or response of the loop open until the end.",
    instead: "Move the body into a function of its own, or release at the end of the pass.",
    bad: {
      "the second pass waits for the first one's lock": source`
        type Table struct {
        	mu   sync.Mutex
        	rows map[string]int
        }

        func (t *Table) AddAll(names []string) {
        	for _, name := range names {
        		t.mu.Lock()
        		defer t.mu.Unlock() // want "t.mu stays locked until the function returns: the next pass waits for it"
        		t.rows[name]++
        	}
        }
      `,
      "all files stay open": source`
        func sizes(names []string) (int64, error) {
        	var sum int64
        	for _, name := range names {
        		file, err := os.Open(name)
        		if err != nil {
        			return 0, err
        		}
        		defer file.Close() // want "file.Close.. waits for the end of the function"
        		info, err := file.Stat()
        		if err != nil {
        			return 0, err
        		}
        		sum += info.Size()
        	}
        	return sum, nil
        }
      `,
    },
    good: {
      "a function of its own for each pass": source`
        type Table struct {
        	mu   sync.Mutex
        	rows map[string]int
        }

        func (t *Table) add(name string) {
        	t.mu.Lock()
        	defer t.mu.Unlock()
        	t.rows[name]++
        }

        func (t *Table) AddAll(names []string) {
        	for _, name := range names {
        		t.add(name)
        	}
        }
      `,
    },
    limits: [
      "Silent where the loop is left behind the defer in every pass, and in function literals.",
      "A lock that is another one in every pass is left alone.",
      "Of other deferred calls only those that release something are reported, not in tests, and not in loops over a few literals.",
    ],
    references: ["100 Go Mistakes, number 35"],
  },

  *check({ use }) {
    for (const { at, deferred, lock, loopAt } of use(defersInLoops)) {
      const related = [{ at: loopAt, note: "in each pass of this loop" }];
      if (lock === undefined)
        yield {
          at,
          message: `${deferred} waits for the end of the function, and piles up with every pass of the loop`,
          confidence: "medium",
          related,
          about: [at],
        };
      else
        yield {
          at,
          message: `${lock} stays locked until the function returns: the next pass waits for it for ever`,
          severity: "error",
          related,
          trace: {
            threads: ["the function"],
            steps: [
              { thread: 0, at, action: `leaves ${lock} locked until it returns`, waits: false },
              { thread: 0, at: loopAt, action: "begins the next pass", waits: false },
              { thread: 0, at, action: `waits for ${lock} just before this`, waits: true },
            ],
          },
          about: [at],
        };
    }
  },
});
