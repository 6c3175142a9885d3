import { defineRule, scatteredOverloads, source } from "#kit";

export default defineRule({
  id: "ts/adjacent-overloads",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  interest: /\w\s*[(<]/,
  aliases: ["@typescript-eslint/adjacent-overload-signatures", "useAdjacentOverloadSignatures"],

  docs: {
    summary: "Overloads of one name that stand apart",
    why: "Overloads are tried in order, and a reader who sees two of three takes them for all.",
    instead: "Move them together.",
    bad: {
      "get in two places": source`
        export interface Store {
          get(key: string): string;
          set(key: string, value: string): void;
          get(key: string, fallback: string): string; // want "the overloads of get stand apart"
        }
      `,
    },
    good: {
      together: source`
        export interface Store {
          get(key: string): string;
          get(key: string, fallback: string): string;
          set(key: string, value: string): void;
        }
      `,
    },
    limits: ["Getters and setters, and computed names, are not looked at."],
    references: ["https://typescript-eslint.io/rules/adjacent-overload-signatures"],
  },

  check: ({ use }) => use(scatteredOverloads),
});
