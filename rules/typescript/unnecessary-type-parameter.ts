import { defineRule, singleUseTypeParameters, source } from "#kit";

export default defineRule({
  id: "ts/unnecessary-type-parameter",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /<[^<>]*>\s*\(/,
  aliases: ["@typescript-eslint/no-unnecessary-type-parameters", "no-misused-generics"],

  docs: {
    summary: "Type parameter that stands once in a signature",
    why: "A type parameter relates two places. In one place it is a longer way to write its constraint; in the result alone it is a cast that doesn't look like one.",
    instead: "Write the constraint or unknown in its place; return unknown and let callers check.",
    bad: {
      "a cast in disguise": source`
        export function parse<T>(text: string): T { // want "T stands in the result alone: the caller names any type, and nothing checks it"
          return JSON.parse(text);
        }
      `,
    },
    good: {
      "it relates argument and result": source`
        export function first<T>(values: readonly T[]): T | undefined {
          return values[0];
        }
      `,
    },
    limits: [
      "Functions with a written result; methods may have to have the signature.",
      "A use inside of type arguments, mapped, conditional and function types, `keyof` and lookups counts as shaping something, and so does a use in the body.",
    ],
    references: ["https://typescript-eslint.io/rules/no-unnecessary-type-parameters"],
  },

  check: ({ use }) => use(singleUseTypeParameters),
});
