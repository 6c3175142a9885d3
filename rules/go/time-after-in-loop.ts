import { defineRule, goVersions, source, timeAfterLoops } from "#kit";

/** From this version on a timer that nobody waits for is collected. */
const COLLECTED = 23;

export default defineRule({
  id: "go/time-after-in-loop",
  group: "goroutines",
  severity: "warning",
  since: "0.1.0",
  interest: /\btime\.After\(/,
  aliases: ["leaky-time-after", "time_after_in_loop"],

  docs: {
    summary: "time.After in a select that a loop comes back to by another case",
    why: "Each pass makes a timer, and before Go 1.23 the runtime keeps it until it fires: a busy channel and a long time fill the memory.",
    instead:
      "Make one timer before the loop, stop it at the end, and set it again with Reset where it is meant to begin anew.",
    bad: {
      "every event leaves a timer behind for an hour": source`
        //go:build go1.22

        package example

        import "time"

        func watch(events <-chan int, handle func(int)) {
        	for {
        		select {
        		case event := <-events:
        			handle(event)
        		case <-time.After(time.Hour): // want "each pass leaves a timer behind"
        			return
        		}
        	}
        }
      `,
    },
    good: {
      "one timer for all passes": source`
        //go:build go1.22

        package example

        import "time"

        func watch(events <-chan int, handle func(int)) {
        	timer := time.NewTimer(time.Hour)
        	defer timer.Stop()
        	for {
        		select {
        		case event := <-events:
        			handle(event)
        		case <-timer.C:
        			return
        		}
        	}
        }
      `,
    },
    limits: [
      "Where go.mod or the file's build constraint says a version before 1.23; without a version nothing is said.",
      "Silent where every other case leaves the loop, and for times written in milliseconds or less.",
      "Tests are left alone.",
    ],
    references: ["Go 1.23 release notes: Timer changes"],
  },

  *check({ use }) {
    const versionOf = use(goVersions);
    for (const { at, otherCase } of use(timeAfterLoops)) {
      if ((versionOf(at.file) ?? COLLECTED) >= COLLECTED) continue;
      yield {
        at,
        message: "each pass leaves a timer behind until it fires",
        related: [{ at: otherCase, note: "this case comes round before that" }],
      };
    }
  },
});
