import { defineRule, source, unifiableOverloads } from "#kit";

export default defineRule({
  id: "ts/unified-signatures",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\)\s*:[^;{}]+;/,
  aliases: ["@typescript-eslint/unified-signatures", "useUnifiedTypeSignatures"],

  docs: {
    summary: "Overloads that one signature can say",
    why: "A caller with a value of either type fits none of them, and a reader compares them for the difference.",
    instead: "Write one signature, with a union or an optional parameter.",
    bad: {
      "two types of one parameter": source`
        export interface Store {
          load(id: string): string;
          load(id: number): string; // want "the overloads of load could be one: id is of either type"
        }
      `,
    },
    good: {
      "one signature": source`
        export interface Store {
          load(id: string | number): string;
        }
      `,
    },
    limits: [
      'Neighbours with the same result and type parameters; a comment of its own above the second one is a reason, and so is a table of three or more that tells them apart by a literal (`on(event: "open", …)`).',
    ],
  },

  check: ({ use }) => use(unifiableOverloads),
});
