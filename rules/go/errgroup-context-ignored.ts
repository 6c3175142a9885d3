import { defineRule, errorGroupFaults, source } from "#kit";

export default defineRule({
  id: "go/errgroup-context-ignored",
  group: "waitgroups",
  severity: "info",
  since: "0.1.0",
  interest: /\berrgroup\b/,

  docs: {
    summary: "Context of an errgroup used after Wait",
    why: "Wait cancels the context that WithContext returned: every call that gets it afterwards fails at once.",
    instead: "Give the derived context a name of its own, and use the outer one after Wait.",
    bad: {
      "the context of the group is over": source`
        func build(ctx context.Context, parts []func(context.Context) error, push func(context.Context) error) error {
        	group, ctx := errgroup.WithContext(ctx)
        	for _, part := range parts {
        		group.Go(func() error { return part(ctx) })
        	}
        	if err := group.Wait(); err != nil {
        		return err
        	}
        	return push(ctx) // want "ctx is cancelled since group.Wait"
        }
      `,
    },
    good: {
      "two names": source`
        func build(ctx context.Context, parts []func(context.Context) error, push func(context.Context) error) error {
        	group, groupCtx := errgroup.WithContext(ctx)
        	for _, part := range parts {
        		group.Go(func() error { return part(groupCtx) })
        	}
        	if err := group.Wait(); err != nil {
        		return err
        	}
        	return push(ctx)
        }
      `,
    },
    limits: ["Asking the context whether and why it is over is what one may do after Wait."],
    references: ["https://pkg.go.dev/golang.org/x/sync/errgroup#WithContext"],
  },

  *check({ use }) {
    for (const { at, name, otherAt } of use(errorGroupFaults).contextsAfterWait) {
      yield {
        at,
        message: `${name} is cancelled since group.Wait returned`,
        related: [{ at: otherAt, note: `Wait cancels ${name}` }],
      };
    }
  },
});
