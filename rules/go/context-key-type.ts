import { contextValues, defineRule, source } from "#kit";

export default defineRule({
  id: "go/context-key-type",
  group: "context",
  severity: "warning",
  since: "0.1.0",
  interest: /\bWithValue\(/,
  aliases: ["SA1029", "context-keys-type", "context_key_uses_exported_or_builtin_type"],

  docs: {
    summary: "Key of a context value whose type other packages have as well",
    why: "Two packages that choose the same string overwrite each other's values, and neither notices.",
    instead: "Declare an unexported type for the keys: `type contextKey struct{}`.",
    bad: {
      "any package may use this key": source`
        func withUser(ctx context.Context, name string) context.Context {
        	return context.WithValue(ctx, "user", name) // want "the key \\"user\\" is a string"
        }
      `,
    },
    good: {
      "nobody else has this type": source`
        type userKey struct{}

        func withUser(ctx context.Context, name string) context.Context {
        	return context.WithValue(ctx, userKey{}, name)
        }
      `,
    },
    limits: [
      "Built-in types and `struct{}`; exported key types are left alone, and so is a type that cannot be resolved.",
      "Tests are left alone.",
    ],
    references: ["context.WithValue"],
  },

  *check({ use }) {
    for (const { key, keyText, commonKeyType, isTest } of use(contextValues)) {
      if (commonKeyType === undefined || isTest) continue;
      yield {
        at: key,
        message: `the key ${keyText} is a ${commonKeyType}, which other packages may use as well`,
      };
    }
  },
});
