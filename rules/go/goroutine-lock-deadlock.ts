import { defineRule, goroutineLockDeadlocks, source } from "#kit";

export default defineRule({
  id: "go/goroutine-lock-deadlock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  aliases: ["GCL1009", "bmoc"],

  docs: {
    summary: "Wait under a lock for a goroutine that needs the lock",
    why: "The function waits for its goroutine, the goroutine waits for the lock: both for ever, and everyone else who needs the lock with them.",
    instead: "Unlock before waiting, or hand the goroutine what it needs so that it doesn't lock.",
    bad: {
      "the workers need what their starter holds": source`
        type Mirror struct {
        	mu    sync.Mutex
        	sizes map[string]int
        }

        func (m *Mirror) Refresh(names []string) {
        	m.mu.Lock()
        	defer m.mu.Unlock()
        	var wg sync.WaitGroup
        	for _, name := range names {
        		wg.Add(1)
        		go func() {
        			defer wg.Done()
        			m.mu.Lock()
        			m.sizes[name] = len(name)
        			m.mu.Unlock()
        		}()
        	}
        	wg.Wait() // want "waits at wg while m.mu is held, which the goroutine started here needs"
        }
      `,
    },
    good: {
      "the workers are waited for without the lock": source`
        type Mirror struct {
        	mu    sync.Mutex
        	sizes map[string]int
        }

        func (m *Mirror) Refresh(names []string) {
        	var wg sync.WaitGroup
        	for _, name := range names {
        		wg.Add(1)
        		go func() {
        			defer wg.Done()
        			m.mu.Lock()
        			m.sizes[name] = len(name)
        			m.mu.Unlock()
        		}()
        	}
        	wg.Wait()
        }
      `,
    },
    limits: [
      "The goroutine is started by the function that waits; at a channel, nobody else is at the other end.",
      "The lock is the same object: one variable, or one field of it.",
    ],
    references: ["Understanding Real-World Concurrency Bugs in Go, ASPLOS 2019, section 5.1.2"],
  },

  *check({ use }) {
    for (const found of use(goroutineLockDeadlocks)) {
      const { function: model, at, waitsAt, lock, acquiredAt, startedAt, locksAt } = found;
      yield {
        at,
        message: `${model.name} waits at ${waitsAt.text} while ${lock.text} is held, which the goroutine started here needs before it comes`,
        confidence: found.isCertain ? "high" : "medium",
        related: [
          { at: acquiredAt, note: `${lock.text} is locked here` },
          { at: startedAt, note: "the goroutine is started here" },
          { at: locksAt, note: "and waits for the lock here" },
        ],
        trace: found.trace,
        about: [at],
      };
    }
  },
});
