import { defineRule, type LockAndChannelCycle, lockAndChannelCycles, source } from "#kit";

export default defineRule({
  id: "go/blocking-call-under-lock",
  group: "locks",
  severity: "error",
  since: "0.1.0",
  interest: /\bR?Lock\(/,
  aliases: ["blocking_call_while_locked", "bmoc"],

  yieldsTo: ["go/goroutine-lock-deadlock"],

  docs: {
    summary: "Wait at a channel under a lock that the other end needs before it can come",
    why: "The holder waits for the other end, the other end waits for the lock: both for ever, and everyone else who needs the lock with them.",
    instead:
      "Unlock before the channel operation: take what is needed under the lock, and send or receive after it.",
    bad: {
      "the receiver needs the lock between two receives": source`
        type Hub struct {
        	mu     sync.Mutex
        	counts map[string]int
        	events chan string
        }

        func newHub() *Hub {
        	h := &Hub{counts: map[string]int{}, events: make(chan string)}
        	go h.run()
        	return h
        }

        func (h *Hub) run() {
        	for topic := range h.events {
        		h.mu.Lock()
        		h.counts[topic]++
        		h.mu.Unlock()
        	}
        }

        func (h *Hub) Publish(topic string) {
        	h.mu.Lock()
        	defer h.mu.Unlock()
        	h.events <- topic // want "send on h.events blocks while h.mu is held"
        }
      `,
    },
    good: {
      "the lock is released before the send": source`
        type Hub struct {
        	mu     sync.Mutex
        	counts map[string]int
        	events chan string
        }

        func newHub() *Hub {
        	h := &Hub{counts: map[string]int{}, events: make(chan string)}
        	go h.run()
        	return h
        }

        func (h *Hub) run() {
        	for topic := range h.events {
        		h.mu.Lock()
        		h.counts[topic]++
        		h.mu.Unlock()
        	}
        }

        func (h *Hub) Publish(topic string) {
        	h.mu.Lock()
        	h.counts[topic] = 0
        	h.mu.Unlock()
        	h.events <- topic
        }
      `,
    },
    limits: [
      "Every partner at the other end is in the package and has to take the same lock of the same object on its way there: where one of them can come without it, nothing is said.",
      "Other packages cannot name the channel. What is sent into a buffer waits once it is full.",
      "A select with a default or another case has a way out.",
      "Network, disk and sleep under a lock are not reported.",
    ],
    references: ["Understanding Real-World Concurrency Bugs in Go, ASPLOS 2019, section 5.1.2"],
  },

  *check({ use }) {
    for (const cycle of use(lockAndChannelCycles)) {
      const { at, calledAt, waitsAt, lock, acquiredAt, partners } = cycle;
      const names = [...new Set(partners.map(({ function: { name } }) => name))].join(" and ");
      yield {
        at,
        message: `${waitOf(cycle)} while ${lock.text} is held, which ${names} needs before coming to the other end`,
        confidence: cycle.buffer === 0 && cycle.isOneObject ? "high" : "medium",
        related: [
          { at: acquiredAt, note: `${lock.text} is locked here` },
          ...partners.flatMap((partner) => [
            { at: partner.locksAt, note: `${partner.function.name} waits for the lock here` },
            { at: partner.at, note: `and does not come here, to ${waitsAt.text}` },
          ]),
        ],
        trace: cycle.trace,
        about: [at, calledAt],
      };
    }
  },
});

function waitOf({ waitsTo, waitsAt: { text }, buffer }: LockAndChannelCycle): string {
  if (waitsTo === "wait") return `waiting at ${text} does not end`;
  if (waitsTo === "receive") return `receive from ${text} blocks`;
  if (buffer === 0) return `send on ${text} blocks`;
  return buffer === undefined
    ? `send on ${text} blocks once its buffer is full`
    : `send on ${text} blocks once ${buffer} wait in it`;
}
