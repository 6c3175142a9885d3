import { defineRule, receiverCopies, source } from "#kit";

export default defineRule({
  id: "go/racy-value-receiver",
  group: "races",
  severity: "warning",
  since: "0.1.0",
  interest: /\bR?Lock\(|\batomic\./,
  yieldsTo: ["go/copied-lock"],

  docs: {
    summary: "Method with a value receiver that locks after its receiver was copied",
    why: "A call of the method copies the whole struct first, with nothing locked, while another goroutine may be writing it. The lock, or the atomic load, then guards the copy, which nobody else has.",
    instead: "Give the method a pointer receiver.",
    bad: {
      "copied, then locked": source`
        type Tracker struct {
        	mu   *sync.RWMutex
        	last time.Time
        }

        func (t *Tracker) Touch(now time.Time) {
        	t.mu.Lock()
        	defer t.mu.Unlock()
        	t.last = now
        }

        func (t Tracker) Last() time.Time {
        	t.mu.RLock() // want "t is copied before t.mu is locked: t.last may be half of what Touch writes"
        	defer t.mu.RUnlock()
        	return t.last
        }
      `,
      "copied, then loaded": source`
        type Meter struct {
        	bytes int64
        }

        func (m *Meter) Count(n int) { atomic.AddInt64(&m.bytes, int64(n)) }

        func (m Meter) Bytes() int64 {
        	return atomic.LoadInt64(&m.bytes) // want "m is copied before m.bytes is loaded: the copy was made with a plain read"
        }
      `,
    },
    good: {
      "a pointer receiver": source`
        type Meter struct {
        	bytes int64
        }

        func (m *Meter) Count(n int) { atomic.AddInt64(&m.bytes, int64(n)) }

        func (m *Meter) Bytes() int64 { return atomic.LoadInt64(&m.bytes) }
      `,
    },
    limits: [
      "The field must be changed elsewhere in the package under the same lock, or atomically. Fields that are set once may be copied.",
      "A lock that is copied itself is the business of go/copied-lock.",
    ],
    references: ["https://go.dev/ref/mem"],
  },

  *check({ use }) {
    for (const { receiver, field, lock, at, changedIn, changedAt } of use(receiverCopies)) {
      const name = `${receiver.name}.${field}`;
      const who = changedIn.slice(changedIn.lastIndexOf(".") + 1);
      const message = lock
        ? `${receiver.name} is copied before ${lock.text} is locked: ${name} may be half of what ${who} writes`
        : `${receiver.name} is copied before ${name} is loaded: the copy was made with a plain read`;
      yield {
        at,
        message,
        related: [
          { at: receiver.at, note: `${receiver.name} is a copy: the receiver is no pointer` },
          { at: changedAt, note: `${changedIn} changes it` },
        ],
      };
    }
  },
});
