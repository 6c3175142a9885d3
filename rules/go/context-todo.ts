import { contextTodos, defineRule, source } from "#kit";

export default defineRule({
  id: "go/context-todo",
  group: "context",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\bcontext\.TODO\(/,
  aliases: ["context-todo"],

  docs: {
    summary: "context.TODO left in the code",
    why: "It stands for a context that somebody meant to pass and has not.",
    instead:
      "Pass the caller's context; where there is none by design, `context.Background()` says so.",
    bad: {
      "nobody has decided yet": source`
        func refresh() error {
        	return load(context.TODO()) // want "context.TODO.. is still to be replaced"
        }

        func load(ctx context.Context) error { return ctx.Err() }
      `,
    },
    good: {
      decided: source`
        func refresh(ctx context.Context) error {
        	return load(ctx)
        }

        func load(ctx context.Context) error { return ctx.Err() }
      `,
    },
    limits: ["Off by default: the marker is often left on purpose. Tests are left alone."],
  },

  *check({ use }) {
    for (const at of use(contextTodos))
      yield { at, message: "context.TODO() is still to be replaced by the caller's context" };
  },
});
