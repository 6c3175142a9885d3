import { defineRule, goVersions, source, statementEdits, unstoppedTickers } from "#kit";

/** From this version on a ticker that nobody has is collected. */
const COLLECTED = 23;

export default defineRule({
  id: "go/unstopped-ticker",
  group: "goroutines",
  severity: "info",
  since: "0.1.0",
  interest: /\bNewTicker\(/,
  aliases: ["SA1015", "ticker_without_stop", "unstoppedTicker", "unstoppedTimer"],

  docs: {
    summary: "Ticker that a way out of its function leaves running",
    why: "Before Go 1.23 the runtime keeps a ticker that was not stopped for ever, and goes on firing it: each call costs memory and a little time.",
    instead: "Write `defer ticker.Stop()` after the ticker is made.",
    bad: {
      "the loop ends and the ticker goes on": source`
        //go:build go1.22

        package example

        import "time"

        func poll(stop <-chan struct{}, look func()) {
        	ticker := time.NewTicker(time.Second) // want "ticker goes on when poll returns"
        	for {
        		select {
        		case <-ticker.C:
        			look()
        		case <-stop:
        			return
        		}
        	}
        }
      `,
    },
    good: {
      "stopped on every way out": source`
        //go:build go1.22

        package example

        import "time"

        func poll(stop <-chan struct{}, look func()) {
        	ticker := time.NewTicker(time.Second)
        	defer ticker.Stop()
        	for {
        		select {
        		case <-ticker.C:
        			look()
        		case <-stop:
        			return
        		}
        	}
        }
      `,
    },
    limits: [
      "Where go.mod or the file's build constraint says a version before 1.23; from then on such tickers are collected. Without a version nothing is said.",
      "A ticker that is stored, returned, captured by a closure or given to a call is left to whoever has it.",
      "Tests and main are left alone; timers fire once and are then gone.",
    ],
    references: ["Go 1.23 release notes: Timer changes"],
  },

  *check({ use }) {
    const versionOf = use(goVersions);
    const edits = use(statementEdits);
    for (const { function: model, ticker, madeAt, returnAt } of use(unstoppedTickers)) {
      if ((versionOf(madeAt.file) ?? COLLECTED) >= COLLECTED) continue;
      const edit = edits.deferAfter(madeAt, `defer ${ticker.text}.Stop()`);
      yield {
        at: madeAt,
        message: `${ticker.text} goes on when ${model.name} returns`,
        related: [{ at: returnAt, note: "it returns here without stopping it" }],
        fixes: edit
          ? [{ kind: "safe", description: `defer ${ticker.text}.Stop()`, edits: [edit] }]
          : [],
      };
    }
  },
});
