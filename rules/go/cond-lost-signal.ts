import {
  conditionFaults,
  conditionPredicates,
  defineRule,
  type Place,
  source,
  type Trace,
} from "#kit";

export default defineRule({
  id: "go/cond-lost-signal",
  group: "atomics",
  severity: "error",
  since: "0.1.0",
  interest: /\bsync\.(New)?Cond\b|\.(Wait|Signal)\(/,

  docs: {
    summary:
      "Cond.Wait that nothing signals, or Signal where one of several kinds of waiters is woken",
    why: "The waiter is never woken. With Signal the one that is woken may wait for something else, and goes back to sleep; the one that could go on is not told.",
    instead:
      "Call Broadcast where functions wait for different things, or give each its own condition.",
    bad: {
      "Signal may wake the wrong one": source`
        type buffer struct {
        	mu      sync.Mutex
        	changed *sync.Cond
        	items   []string
        }

        func (b *buffer) put(item string) {
        	b.mu.Lock()
        	for len(b.items) == 8 {
        		b.changed.Wait()
        	}
        	b.items = append(b.items, item)
        	b.changed.Signal() // want "wakes one waiter"
        	b.mu.Unlock()
        }

        func (b *buffer) take() string {
        	b.mu.Lock()
        	defer b.mu.Unlock()
        	for len(b.items) == 0 {
        		b.changed.Wait()
        	}
        	item := b.items[0]
        	b.items = b.items[1:]
        	b.changed.Signal()
        	return item
        }
      `,
      "the end wakes nobody": source`
        type inbox struct {
        	mu     sync.Mutex
        	filled *sync.Cond
        	items  []string
        	closed bool
        }

        func newInbox() *inbox {
        	b := &inbox{}
        	b.filled = sync.NewCond(&b.mu)
        	return b
        }

        func (b *inbox) put(item string) {
        	b.mu.Lock()
        	defer b.mu.Unlock()
        	b.items = append(b.items, item)
        	b.filled.Signal()
        }

        func (b *inbox) take() []string {
        	b.mu.Lock()
        	defer b.mu.Unlock()
        	for len(b.items) == 0 && !b.closed {
        		b.filled.Wait()
        	}
        	return b.items
        }

        func (b *inbox) close() {
        	b.mu.Lock()
        	b.closed = true // want "wakes nobody"
        	b.mu.Unlock()
        }
      `,
      "the end wakes one of many": source`
        type desk struct {
        	cond  *sync.Cond
        	calls []string
        	done  bool
        }

        func newDesk() *desk {
        	return &desk{cond: sync.NewCond(new(sync.Mutex))}
        }

        func (d *desk) Next() (string, bool) {
        	d.cond.L.Lock()
        	defer d.cond.L.Unlock()
        	for len(d.calls) == 0 && !d.done {
        		d.cond.Wait()
        	}
        	if len(d.calls) == 0 {
        		return "", false
        	}
        	call := d.calls[0]
        	d.calls = d.calls[1:]
        	return call, true
        }

        func (d *desk) Close() {
        	d.cond.L.Lock()
        	d.done = true
        	d.cond.Signal() // want "wakes one of them"
        	d.cond.L.Unlock()
        }
      `,
      "nothing signals": source`
        type gate struct {
        	mu     sync.Mutex
        	opened sync.Cond
        	isOpen bool
        }

        func (g *gate) wait() {
        	g.mu.Lock()
        	for !g.isOpen {
        		g.opened.Wait() // want "nothing signals g.opened"
        	}
        	g.mu.Unlock()
        }

        func (g *gate) open() {
        	g.mu.Lock()
        	g.isOpen = true
        	g.mu.Unlock()
        }
      `,
    },
    good: {
      "Broadcast wakes all": source`
        type buffer struct {
        	mu      sync.Mutex
        	changed *sync.Cond
        	items   []string
        }

        func (b *buffer) put(item string) {
        	b.mu.Lock()
        	for len(b.items) == 8 {
        		b.changed.Wait()
        	}
        	b.items = append(b.items, item)
        	b.changed.Broadcast()
        	b.mu.Unlock()
        }

        func (b *buffer) take() string {
        	b.mu.Lock()
        	defer b.mu.Unlock()
        	for len(b.items) == 0 {
        		b.changed.Wait()
        	}
        	item := b.items[0]
        	b.items = b.items[1:]
        	b.changed.Broadcast()
        	return item
        }
      `,
    },
    limits: [
      "The condition is a local, or a field or variable that other packages cannot name, and is not handed on.",
      "Signal is reported where two functions wait and nothing broadcasts: whether they wait for different things is not known (medium confidence).",
    ],
  },

  *check({ use }) {
    const { neverSignalled, wakesOneOfSeveral } = use(conditionFaults);
    const { untested, silent, halfHeard, differing } = use(conditionPredicates);
    for (const { at, condition, flag, other, otherAt } of untested)
      yield {
        at,
        message: `${other.name} sets ${flag} and wakes this, which does not test ${flag} and waits for ${condition} again`,
        related: [{ at: otherAt, note: `${flag} is set here` }],
        trace: told(other.name, otherAt, `sets ${flag} and wakes the waiter`, at, condition),
      };
    for (const { at, condition, flag, other, otherAt } of silent)
      yield {
        at,
        message: `this sets ${flag}, which ${other.name} waits for at ${condition}, and wakes nobody`,
        related: [{ at: otherAt, note: "waits here" }],
        trace: told("the caller", at, `sets ${flag} and wakes nobody`, otherAt, condition),
      };
    for (const { at, condition, flag, other, otherAt } of halfHeard)
      yield {
        at,
        message: `${flag} is over for all who wait in ${other.name}, and Signal wakes one of them`,
        related: [{ at: otherAt, note: "others go on waiting here" }],
        trace: told("the caller", at, `sets ${flag} and wakes one waiter`, otherAt, condition),
      };
    for (const { at, condition, other, otherAt } of differing)
      yield {
        at,
        message: `Signal wakes one waiter at ${condition}; what ${other.name} needs is its parameter, so that another might go on where this one can't`,
        related: [{ at: otherAt, note: "waits here" }],
        trace: told("the caller", at, "wakes one that cannot go on", otherAt, condition),
      };
    for (const { at, condition } of neverSignalled)
      yield { at, message: `nothing signals ${condition}, so that this waits for ever` };
    for (const { at, condition, others } of wakesOneOfSeveral) {
      yield {
        at,
        message: `${condition}.Signal wakes one waiter of several, which may wait for something else`,
        severity: "warning",
        confidence: "medium",
        related: others.map((other) => ({ at: other, note: "waits here" })),
      };
    }
  },
});

/** Somebody does something, and the waiter goes on waiting. */
function told(by: string, at: Place, action: string, waitAt: Place, condition: string): Trace {
  return {
    threads: [by, "the waiter"],
    steps: [
      { thread: 0, at, action, waits: false },
      { thread: 1, at: waitAt, action: `waits for ${condition}, for ever`, waits: true },
    ],
  };
}
