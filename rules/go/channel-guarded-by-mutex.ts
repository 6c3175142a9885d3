import { channelLocks, defineRule, source } from "#kit";

export default defineRule({
  id: "go/channel-guarded-by-mutex",
  group: "channels",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  aliases: ["channel-guarded-with-mutex"],
  yieldsTo: ["go/blocking-call-under-lock", "go/goroutine-lock-deadlock"],

  docs: {
    summary: "Lock that is never held around anything but one channel operation",
    why: "A channel needs no lock. The lock makes those who send wait for each other, and those who receive for those who send: with both under it, nobody moves.",
    instead: "Drop the lock.",
    bad: {
      "the channel looks after itself": source`
        type queue struct {
        	mu   sync.Mutex
        	jobs chan string
        }

        func (q *queue) push(job string) {
        	q.mu.Lock() // want "q.mu guards nothing but q.jobs <- job"
        	q.jobs <- job
        	q.mu.Unlock()
        }
      `,
    },
    good: {
      "no lock": source`
        type queue struct {
        	jobs chan string
        }

        func (q *queue) push(job string) {
        	q.jobs <- job
        }
      `,
    },
    limits: [
      "Every place in the package that takes a lock of that name has to look so: one send or receive between Lock and Unlock.",
      "A lock that is also held around a close, a flag or anything else guards more than the channel.",
    ],
  },

  *check({ use }) {
    for (const { at, lock, operation, operationAt } of use(channelLocks)) {
      yield {
        at,
        message: `${lock} guards nothing but ${operation}, which needs no lock`,
        related: [{ at: operationAt, note: "channels look after themselves" }],
        about: [at, operationAt],
      };
    }
  },
});
