import { defineRule, earlyCancels, source } from "#kit";

export default defineRule({
  id: "go/cancel-before-goroutine-done",
  group: "context",
  severity: "error",
  since: "0.1.0",
  interest: /\bcontext\.With(?:Cancel|Timeout|Deadline)/,

  docs: {
    summary: "Deferred cancel of a context that a goroutine was just started with",
    why: "The function returns at once, and its deferred cancel ends the context before the goroutine has done anything: the request fails with `context canceled`, or is not even sent.",
    instead: "Let the goroutine make the context and cancel it, or wait for it.",
    bad: {
      "cancelled before it is sent": source`
        type Notifier struct{}

        func (n *Notifier) Notify(parent context.Context, event string) {
        	ctx, cancel := context.WithTimeout(parent, time.Minute)
        	defer cancel()
        	go n.send(ctx, event) // want "ctx is cancelled as soon as the function returns"
        }

        func (n *Notifier) send(ctx context.Context, event string) error { return ctx.Err() }
      `,
    },
    good: {
      "the goroutine has its own": source`
        type Notifier struct{}

        func (n *Notifier) Notify(parent context.Context, event string) {
        	go func() {
        		ctx, cancel := context.WithTimeout(parent, time.Minute)
        		defer cancel()
        		n.send(ctx, event)
        	}()
        }

        func (n *Notifier) send(ctx context.Context, event string) error { return ctx.Err() }
      `,
    },
    limits: [
      "Where nothing but the return follows the `go` statement: a function that goes on may keep its helpers by such a context.",
      "Silent where the goroutine watches the end of the context, and where anything may wait for it.",
    ],
    references: ["https://pkg.go.dev/context#WithTimeout"],
  },

  *check({ use }) {
    for (const { at, context, madeAt, cancelAt } of use(earlyCancels))
      yield {
        at,
        message: `${context} is cancelled as soon as the function returns, which does not wait for this goroutine`,
        related: [
          { at: madeAt, note: `${context} is made here` },
          { at: cancelAt, note: "and cancelled on return" },
        ],
        about: [at],
      };
  },
});
