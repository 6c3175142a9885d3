import {
  defineRule,
  fieldCloses,
  panickingOperations,
  source,
  staleCloseChecks,
  triedCloses,
  usedAfterClose,
} from "#kit";

export default defineRule({
  id: "go/double-close",
  group: "channels",
  severity: "error",
  since: "0.1.0",
  interest: /\bclose\(/,
  aliases: ["GCL6002"],
  yieldsTo: ["go/send-on-closed-channel"],

  docs: {
    summary: "Channel that can be closed twice",
    why: "The second close panics and ends the process.",
    instead: "Close in one place; where several may be first, close through a sync.Once.",
    bad: {
      "two goroutines may both be the one": source`
        func first(sources []func() error) {
        	done := make(chan struct{})
        	for _, source := range sources {
        		go func() {
        			if err := source(); err == nil {
        				close(done) // want "done can be closed already"
        			}
        		}()
        	}
        	<-done
        }
      `,
    },
    good: {
      "through a sync.Once": source`
        func first(sources []func() error) {
        	done := make(chan struct{})
        	var once sync.Once
        	for _, source := range sources {
        		go func() {
        			if err := source(); err == nil {
        				once.Do(func() { close(done) })
        			}
        		}()
        	}
        	<-done
        }
      `,
    },
    limits: [
      "The channel is made in the function, and neither it nor a closure that uses it leaves the function, the goroutines it starts and the calls that these make; or it is a field; or one function does both on every way that goes on from the close.",
      "A field is reported where a goroutine of its type closes it and an exported method does so too, and neither asks a flag, a state or a sync.Once: with low confidence where they have a close each, since as a rule one excludes the other; also where two methods do so under their lock, or where a flag that the goroutine does not know lets callers through once.",
      "A close in a select that asks whether the channel is closed is reported where goroutines of one loop come to it without a lock.",
      "What depends on data that the function does not show is not reported: only what the order of events decides.",
      "All interleavings are searched, within a budget of states.",
    ],
    references: ["https://go.dev/ref/spec#Close"],
  },

  *check({ use }) {
    const known = new Set<string>();
    for (const { kind, at, object, closedAt, trace, function: from } of use(panickingOperations)) {
      if (kind !== "second close") continue;
      known.add(`${at.file} ${at.start}`);
      yield {
        at,
        message: `${object} can be closed already when this closes it, and ${from.name} panics`,
        related: closedAt ? [{ at: closedAt, note: `${object} is closed here as well` }] : [],
        trace,
      };
    }
    for (const found of use(fieldCloses)) {
      const { kind, at, closeAt, channel, closer, other, isWeak, trace } = found;
      if (kind !== "close" || known.has(`${at.file} ${at.start}`)) continue;
      yield {
        at,
        message: `${channel} can be closed already when this closes it: ${closer.root.name} and ${other.root.name} both do`,
        confidence: isWeak ? "low" : "medium",
        related: [{ at: closeAt, note: `${channel} is closed here as well` }],
        trace,
      };
    }
    for (const { kind, at, closedAt, channel, trace, ...found } of use(usedAfterClose)) {
      if (kind !== "close" || known.has(`${at.file} ${at.start}`)) continue;
      known.add(`${at.file} ${at.start}`);
      yield {
        at,
        message: `${channel} is closed already when this closes it, and ${found.function.name} panics`,
        related: [{ at: closedAt, note: `${channel} is closed here as well` }],
        trace,
      };
    }
    for (const { at, askedAt, channel, trace } of use(triedCloses)) {
      if (known.has(`${at.file} ${at.start}`)) continue;
      yield {
        at,
        message: `${channel} can be closed already when this closes it: two of the goroutines may both find it open`,
        about: [at, askedAt],
        related: [{ at: askedAt, note: "asked here" }],
        trace,
      };
    }
    for (const { at, askedAt, setAt, channel, function: closer, trace } of use(staleCloseChecks)) {
      yield {
        at,
        message: `${channel} can be closed already when this closes it: two callers of ${closer.name} may both find it open`,
        confidence: "medium",
        about: [at, askedAt],
        related: [
          { at: askedAt, note: "asked here" },
          { at: setAt, note: "set here, when others may have asked" },
        ],
        trace,
      };
    }
  },
});
