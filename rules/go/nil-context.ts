import { defineRule, nilContexts, source } from "#kit";

export default defineRule({
  id: "go/nil-context",
  group: "context",
  severity: "error",
  since: "0.1.0",
  interest: /\(\s*nil\b/,
  aliases: ["SA1012"],

  docs: {
    summary: "nil passed as a context",
    why: "The first function that asks it for anything panics, perhaps far from here and only when a deadline is looked at.",
    instead: "Pass the context of the caller; where there is none, `context.TODO()` says so.",
    bad: {
      "the callee cannot ask whether it is cancelled": source`
        func save(ctx context.Context, name string) error { return ctx.Err() }

        func saveAll() error {
        	return save(nil, "everything") // want "save is given a nil context"
        }
      `,
    },
    good: {
      "a context that says what is to be done": source`
        func save(ctx context.Context, name string) error { return ctx.Err() }

        func saveAll() error {
        	return save(context.TODO(), "everything")
        }
      `,
    },
    limits: [
      "A callee whose parameters cannot be resolved is left alone.",
      "A comment on the line above is taken as the reason.",
      "Tests are left alone: they try what happens.",
    ],
    references: ["context: «Do not pass a nil Context, even if a function permits it»"],
  },

  *check({ use }) {
    for (const { at, callee, importsContext } of use(nilContexts)) {
      yield {
        at,
        message: `${callee} is given a nil context`,
        fixes: importsContext
          ? [
              {
                kind: "suggestion",
                description: "pass context.TODO()",
                edits: [{ ...at, text: "context.TODO()" }],
              },
            ]
          : [],
      };
    }
  },
});
