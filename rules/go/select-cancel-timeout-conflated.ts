import { conflatedEnds, defineRule, source } from "#kit";

export default defineRule({
  id: "go/select-cancel-timeout-conflated",
  group: "channels",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\.Done\(\)/,
  aliases: ["ctx-done-and-timers"],

  docs: {
    summary: "Select that does the same when its context is cancelled and when its time is up",
    why: "Who asks why it ended cannot tell: the caller has given up, or it took too long. Where both are ready, Go picks one at random.",
    instead:
      "Return `ctx.Err()` for the one and an error of its own for the other, or put the deadline into the context.",
    bad: {
      "both are a failure": source`
        func wait(ctx context.Context, done <-chan struct{}, limit time.Duration) bool {
        	select {
        	case <-done:
        		return true
        	case <-ctx.Done(): // want "does the same as .* time.After.limit."
        		return false
        	case <-time.After(limit):
        		return false
        	}
        }
      `,
    },
    good: {
      "the context has the deadline": source`
        func wait(ctx context.Context, done <-chan struct{}, limit time.Duration) error {
        	ctx, cancel := context.WithTimeout(ctx, limit)
        	defer cancel()
        	select {
        	case <-done:
        		return nil
        	case <-ctx.Done():
        		return ctx.Err()
        	}
        }
      `,
    },
    limits: [
      "Cases of one select whose statements are the same words; what asks ctx.Err() can tell. Where nothing is done, it is a sleep.",
      "Tests are left out.",
      "Opt-in: it is meant so as a rule.",
    ],
  },

  *check({ use }) {
    for (const { at, context, timer, timerAt } of use(conflatedEnds)) {
      yield {
        at,
        message: `the case of ${context} does the same as that of ${timer}`,
        related: [{ at: timerAt, note: "the time is up here" }],
      };
    }
  },
});
