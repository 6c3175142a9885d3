import { defineRule, goVersions, source, timerMisuses } from "#kit";

/** From this version on Stop and Reset leave no old value in the channel. */
const NO_OLD_VALUES = 23;

export default defineRule({
  id: "go/timer-reset-race",
  group: "goroutines",
  severity: "warning",
  since: "0.1.0",
  interest: /\.(Stop|Reset)\(/,
  aliases: ["SA1025"],

  docs: {
    summary: "Timer that is drained twice, or set again with its channel in an unknown state",
    why: "A receive after the value was taken waits for ever, with everything that the goroutine holds. A value left over from before a Reset fires the timer at once.",
    instead:
      "Receive after Stop only where nothing else receives from the timer, or say by a flag what was received. From Go 1.23 on, Stop or Reset alone is enough.",
    bad: {
      "the case has taken the value already": source`
        func watch(events <-chan int, idle time.Duration) {
        	timer := time.NewTimer(idle)
        	for {
        		select {
        		case <-timer.C:
        			report()
        		case _, ok := <-events:
        			if !ok {
        				return
        			}
        		}
        		if !timer.Stop() {
        			<-timer.C // want "waits for ever on timer.C, which was emptied before"
        		}
        		timer.Reset(idle)
        	}
        }

        func report() {}
      `,
    },
    good: {
      "only the way that did not receive drains": source`
        func watch(events <-chan int, idle time.Duration) {
        	timer := time.NewTimer(idle)
        	for {
        		select {
        		case <-timer.C:
        			report()
        		case _, ok := <-events:
        			if !ok {
        				return
        			}
        			if !timer.Stop() {
        				<-timer.C
        			}
        		}
        		timer.Reset(idle)
        	}
        }

        func report() {}
      `,
    },
    limits: [
      "One function, and a helper that drains the timer it is given; the timer in a variable or a field.",
      "A flag that is set on the way and tested before the drain is taken to say whether the channel was emptied.",
      "A Reset without Stop is reported where go.mod or the file's build constraint says a version before 1.23.",
    ],
    references: ["time.Timer.Reset", "Go 1.23 release notes: Timer changes"],
  },

  *check({ use }) {
    const versionOf = use(goVersions);
    for (const { timer, kind, at, before, trace } of use(timerMisuses)) {
      switch (kind) {
        case "drained-twice":
          yield {
            at,
            message: `waits for ever on ${timer.text}.C, which was emptied before`,
            severity: "error",
            related: [{ at: before, note: "the value is taken here" }],
            ...(trace ? { trace } : {}),
          };
          break;
        case "reset-tested":
          yield {
            at,
            message: `${timer.text}.Reset has set the timer again: its result does not say whether to drain ${timer.text}.C`,
            related: [{ at: before, note: "this waits for the new time" }],
          };
          break;
        case "reset-undrained":
          if ((versionOf(at.file) ?? NO_OLD_VALUES) >= NO_OLD_VALUES) break;
          yield {
            at,
            message: `${timer.text} is set again though it may have fired: its old value is still in ${timer.text}.C`,
            confidence: "medium",
            related: [{ at: before, note: "it was set here" }],
          };
          break;
      }
    }
  },
});
