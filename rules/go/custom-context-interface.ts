import { contextDeclarations, defineRule, source } from "#kit";

export default defineRule({
  id: "go/custom-context-interface",
  group: "context",
  severity: "info",
  since: "0.1.0",
  interest: /\bcontext\.Context\b/,

  docs: {
    summary: "Interface of one's own that embeds context.Context",
    why: "Every function that takes it can only be called by those who have one: code that has an ordinary context must convert, and two such interfaces don't fit each other.",
    instead:
      "Take a context.Context, and pass what else is needed as a parameter or a value of the context.",
    bad: {
      "only this package's callers have one": source`
        type Context interface { // want "Context embeds context.Context"
        	context.Context
        	User() string
        }

        func Greet(ctx Context) string { return "hello " + ctx.User() }
      `,
    },
    good: {
      "the user is a parameter": source`
        func Greet(ctx context.Context, user string) string { return "hello " + user }
      `,
    },
    limits: ["Types of other packages (gin, echo, temporal) are not looked at."],
    references: ["Google Go Style Decisions: Custom contexts"],
  },

  *check({ use }) {
    for (const { at, type } of use(contextDeclarations).interfaces)
      yield {
        at,
        message: `${type} embeds context.Context: callers with an ordinary context cannot use it`,
      };
  },
});
