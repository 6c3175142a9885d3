import { defineRule, nestedContexts, source } from "#kit";

export default defineRule({
  id: "go/nested-context-in-loop",
  group: "context",
  severity: "warning",
  since: "0.1.0",
  interest: /\bcontext\.With/,
  aliases: ["fatcontext"],

  docs: {
    summary: "Context that gets another layer with each pass of a loop",
    why: "Each pass derives from the context of the pass before. The chain keeps every one of them alive, each lookup of a value walks it, and a timeout of an early pass ends all later ones.",
    instead: "Give the context of a pass a name of its own: `ctx := context.With…(ctx, …)`.",
    bad: {
      "the chain grows with every job": source`
        type jobKey struct{}

        func runAll(ctx context.Context, jobs []string) {
        	for _, job := range jobs {
        		ctx = context.WithValue(ctx, jobKey{}, job) // want "each pass wraps ctx once more"
        		run(ctx)
        	}
        }

        func run(ctx context.Context) {}
      `,
    },
    good: {
      "each pass has its own": source`
        type jobKey struct{}

        func runAll(ctx context.Context, jobs []string) {
        	for _, job := range jobs {
        		ctx := context.WithValue(ctx, jobKey{}, job)
        		run(ctx)
        	}
        }

        func run(ctx context.Context) {}
      `,
    },
    limits: [
      "The context is a local variable or parameter declared outside the loop.",
      "Silent where the loop ends with the pass, and where the loop also gives the variable a fresh context.",
    ],
  },

  *check({ use }) {
    for (const { at, context, made, loopAt, fix } of use(nestedContexts)) {
      yield {
        at,
        message: `each pass wraps ${context} once more with ${made}`,
        related: [{ at: loopAt, note: "the loop" }],
        fixes: fix
          ? [{ kind: "suggestion", description: `a ${context} for each pass`, edits: [fix] }]
          : [],
      };
    }
  },
});
