import { capturedRaces, defineRule, source } from "#kit";

export default defineRule({
  id: "go/unsynchronized-access",
  group: "goroutines",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  interest: /\bgo\b|\bGo\(|AfterFunc\(/,
  yieldsTo: [
    "go/racy-map-write",
    "go/racy-slice-append",
    "go/captured-write-race",
    "go/write-under-rlock",
    "go/inconsistent-locking",
    "go/mixed-atomic-access",
  ],

  docs: {
    summary: "Field that a goroutine uses while the function that started it goes on with it",
    why: "Nothing orders the two: no lock, no channel, no Wait. One sees the old value, the new one, or half of it.",
    instead:
      "Set the field before the goroutine is started, give the goroutine a copy, or guard the field with a lock.",
    bad: {
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
      "Only goroutines whose body is a function literal, and the function around it.",
      "A receive, a Wait, or a call that may do either between the start of the goroutine and the access is taken to order them.",
    ],
    references: ["https://go.dev/ref/mem"],
  },

  *check({ use }) {
    for (const { kind, access, other, by, startedAt, trace } of use(capturedRaces)) {
      if (kind !== "field") continue;
      const at = { file: access.model.file, ...access.operation.at };
      const theirs = { file: other.model.file, ...other.operation.at };
      const does = access.isWrite ? "written" : "read";
      const theyDo = other.isWrite ? "writes" : "reads";
      const who =
        by === "itself"
          ? "the goroutine of the next pass does the same"
          : `${by === "function" ? trace.threads[0] : "another goroutine"} ${theyDo} it`;
      yield {
        at,
        message: `${access.path.text} is ${does} by this goroutine while ${who}`,
        related: [
          { at: startedAt, note: "the goroutine is started here" },
          { at: theirs, note: "nothing orders this with the goroutine" },
        ],
        trace,
        about: [at, theirs],
      };
    }
  },
});
