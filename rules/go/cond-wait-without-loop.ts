import { conditionFaults, defineRule, source } from "#kit";

export default defineRule({
  id: "go/cond-wait-without-loop",
  group: "atomics",
  severity: "error",
  since: "0.1.0",
  interest: /\bsync\.(New)?Cond\b|\.(Wait|Signal)\(/,

  docs: {
    summary: "Cond.Wait outside a loop that tests the condition again",
    why: "Between the wake-up and the lock somebody else may have taken what was waited for; a Broadcast wakes all, and only one finds it.",
    instead: "Wait in `for !condition { cond.Wait() }`.",
    bad: {
      "tested once": source`
        type queue struct {
        	mu    sync.Mutex
        	filled *sync.Cond
        	items []string
        }

        func (q *queue) take() string {
        	q.mu.Lock()
        	defer q.mu.Unlock()
        	if len(q.items) == 0 {
        		q.filled.Wait() // want "may not hold any more"
        	}
        	item := q.items[0]
        	q.items = q.items[1:]
        	return item
        }

        func (q *queue) put(item string) {
        	q.mu.Lock()
        	q.items = append(q.items, item)
        	q.mu.Unlock()
        	q.filled.Signal()
        }
      `,
    },
    good: {
      "tested after each wake-up": source`
        type queue struct {
        	mu    sync.Mutex
        	filled *sync.Cond
        	items []string
        }

        func (q *queue) take() string {
        	q.mu.Lock()
        	defer q.mu.Unlock()
        	for len(q.items) == 0 {
        		q.filled.Wait()
        	}
        	item := q.items[0]
        	q.items = q.items[1:]
        	return item
        }

        func (q *queue) put(item string) {
        	q.mu.Lock()
        	q.items = append(q.items, item)
        	q.mu.Unlock()
        	q.filled.Signal()
        }
      `,
    },
    limits: ["Any loop around the Wait counts: it may test the condition at its top."],
    references: ["https://pkg.go.dev/sync#Cond.Wait"],
  },

  *check({ use }) {
    for (const { at, condition } of use(conditionFaults).waitsWithoutLoop) {
      yield {
        at,
        message: `what is waited for may not hold any more when ${condition}.Wait returns`,
      };
    }
  },
});
