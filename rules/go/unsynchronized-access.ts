import {
  areMapWrites,
  capturedRaces,
  defineRule,
  source,
  type ThreadRace,
  threadRaces,
} from "#kit";

export default defineRule({
  id: "go/unsynchronized-access",
  group: "goroutines",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bgo\b|\bGo\(|AfterFunc\(/,
  yieldsTo: [
    "go/racy-map-write",
    "go/racy-slice-append",
    "go/captured-write-race",
    "go/write-under-rlock",
    "go/inconsistent-locking",
    "go/double-checked-locking",
    "go/mixed-atomic-access",
  ],

  docs: {
    summary: "Field or package variable that two goroutines use with nothing that orders them",
    why: "Nothing orders the two: no lock, no channel, no Wait. One sees the old value, the new one, or half of it.",
    instead:
      "Set the field before the goroutine is started, give the goroutine a copy, or guard the field with a lock.",
    bad: {
      "a test reads what a loop writes": source`
        type Counter struct {
        	events chan string
        	seen   int
        }

        func NewCounter() *Counter {
        	c := &Counter{events: make(chan string)}
        	go c.loop()
        	return c
        }

        func (c *Counter) loop() {
        	for range c.events {
        		c.seen++ // want "c.seen is written in goroutine .*loop while run reads it"
        	}
        }

        func (c *Counter) Seen() int { return c.seen }

        func run() {
        	c := NewCounter()
        	c.events <- "started"
        	println(c.Seen())
        }
      `,
      "the field is set after the goroutine has begun": source`
        type Poller struct {
        	interval time.Duration
        	poll     func(time.Duration)
        }

        func (p *Poller) Start(interval time.Duration) {
        	go func() {
        		p.poll(p.interval) // want "p.interval is read by this goroutine while .*Start writes it"
        	}()
        	p.interval = interval
        }
      `,
    },
    good: {
      "the field is set first": source`
        type Poller struct {
        	interval time.Duration
        	poll     func(time.Duration)
        }

        func (p *Poller) Start(interval time.Duration) {
        	p.interval = interval
        	go func() {
        		p.poll(p.interval)
        	}()
        }
      `,
    },
    limits: [
      "Both goroutines are seen from one function, which starts them or calls what does: a test, a constructor, main.",
      "A receive, a Wait, or an atomic load between the start of the goroutine and the access orders them where the goroutine may send, close, or be done after its own; what is not known is taken to do so.",
      "Elements of slices are left out: each goroutine may have its own.",
      "Low confidence where the two are started in different functions by a test, or where one of them holds a lock.",
    ],
    references: ["https://go.dev/ref/mem"],
  },

  *check({ use }) {
    const told = new Set<string>();
    for (const race of use(capturedRaces)) {
      const { kind, access, other, by, at, otherAt, meanwhile, startedAt, trace } = race;
      if (kind !== "field") continue;
      // The callers of a function that is not for everybody may hold the lock that its goroutine takes.
      const isHalf = access.held.length > 0 && other.held.length === 0;
      if (haveOneLock(access, other)) continue;
      if (by === "function" && isHalf && !other.model.isExported && !other.model.isTest) continue;
      told.add(placeOf(access));
      const does = access.isWrite ? "written" : "read";
      yield {
        at,
        message: `${access.path.text} is ${does} by this goroutine while ${meanwhile}`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: otherAt, note: "nothing orders this with the goroutine" },
        ],
        trace,
        about: [at, otherAt],
      };
    }
    const pairs = new Set<string>();
    for (const race of use(threadRaces)) {
      // A rule of their own.
      if (areMapWrites(race)) continue;
      const { access, other, isOtherLocked, scope, trace } = race;
      // One fault of two threads is told once, whatever else they share.
      const pair = [...trace.threads, access.model.id, other.model.id].join();
      if (told.has(placeOf(access)) || told.has(placeOf(other)) || pairs.has(pair)) continue;
      pairs.add(pair);
      const at = { file: access.model.file, ...access.operation.at };
      const theirs = { file: other.model.file, ...other.operation.at };
      const does = access.isWrite ? "written" : "read";
      const theyDo = other.isWrite ? "writes" : "reads";
      const without = isOtherLocked ? " without the lock that the other holds" : "";
      yield {
        at,
        message: `${access.path.text} is ${does} in ${trace.threads[1]} while ${trace.threads[0]} ${theyDo} it${without}`,
        related: [{ at: theirs, note: "nothing orders this with the other" }],
        trace,
        about: [at, theirs],
        // A test knows, as a rule, when its goroutines are idle, and who looks without the lock of the others, when they are through.
        ...(isOtherLocked || scope.isTest ? { confidence: "low" } : {}),
      };
    }
  },
});

/** Locks of one field on both sides: what the goroutine was given may be the very same object. */
function haveOneLock(one: ThreadRace["access"], other: ThreadRace["access"]): boolean {
  const slots = other.held.flatMap(({ lock }) => lock.slot ?? []);
  return one.held.some(({ lock }) => lock.slot !== undefined && slots.includes(lock.slot));
}

function placeOf({ model, operation }: ThreadRace["access"]): string {
  return `${model.file}:${operation.at.start}`;
}
