import { deafLoops, defineRule, source } from "#kit";

export default defineRule({
  id: "go/loop-without-cancellation-check",
  group: "context",
  severity: "info",
  since: "0.1.0",
  interest: /\btime\.Sleep\(/,

  docs: {
    summary: "Polling loop that never asks the context of its function",
    why: "The caller has given up, and the loop polls on; a shutdown waits for it.",
    instead: "Wait in a select with `ctx.Done()`, or end the loop when `ctx.Err()` is not nil.",
    bad: {
      "the loop polls on after the caller has gone": source`
        func waitReady(ctx context.Context, ready func() bool) error {
        	for !ready() { // want "the loop sleeps and never asks ctx"
        		time.Sleep(time.Second)
        	}
        	return nil
        }
      `,
    },
    good: {
      "the context ends the wait": source`
        func waitReady(ctx context.Context, ready func() bool) error {
        	for !ready() {
        		select {
        		case <-ctx.Done():
        			return ctx.Err()
        		case <-time.After(time.Second):
        		}
        	}
        	return nil
        }
      `,
    },
    limits: [
      "Loops without a bound that call time.Sleep and name neither a context nor anything called done, stop or quit.",
      "Tests are left alone.",
    ],
  },

  *check({ use }) {
    for (const { at, context, waits, waitsAt } of use(deafLoops)) {
      yield {
        at,
        message: `the loop sleeps and never asks ${context} whether it may go on`,
        related: [{ at: waitsAt, note: `${waits} is called here` }],
      };
    }
  },
});
