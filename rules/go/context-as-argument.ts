import { contextDeclarations, defineRule, source } from "#kit";

export default defineRule({
  id: "go/context-as-argument",
  group: "context",
  severity: "info",
  since: "0.1.0",
  interest: /\bcontext\.Context\b/,
  aliases: ["context-as-argument", "context_not_first_parameter"],

  docs: {
    summary: "Context that is not the first parameter",
    why: "Readers and tools look for it in front; elsewhere it is overlooked when calls are wrapped.",
    instead: "Make it the first parameter.",
    bad: {
      "the context comes last": source`
        func Lookup(name string, ctx context.Context) error { return ctx.Err() } // want "ctx context.Context is not the first parameter of Lookup"
      `,
    },
    good: {
      "the context comes first": source`
        func Lookup(ctx context.Context, name string) error { return ctx.Err() }
      `,
    },
    limits: [
      "Where four functions of a package have it behind the same type, that is the package's custom.",
      "After a testing.T and the like, or after what carries a context itself, it may be the second.",
      "Function literals and interfaces are left alone.",
    ],
    references: ["Go Code Review Comments: Contexts"],
  },

  *check({ use }) {
    for (const { at, function: name, parameter } of use(contextDeclarations).lateParameters)
      yield { at, message: `${parameter} is not the first parameter of ${name}` };
  },
});
