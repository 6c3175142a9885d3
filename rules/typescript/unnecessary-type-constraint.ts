import { defineRule, source, unneededConstraints } from "#kit";

export default defineRule({
  id: "ts/unnecessary-type-constraint",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  interest: /\bextends\s+(?:any|unknown)\b/,
  aliases: ["@typescript-eslint/no-unnecessary-type-constraint", "noUselessTypeConstraint"],

  docs: {
    summary: "Type parameter that extends any or unknown",
    why: "It reads like a restriction and is none.",
    instead: "Leave it out.",
    bad: {
      "no restriction": source`
        export function first<T extends unknown>(values: readonly T[]): T | undefined { // want "every type extends unknown: T has no constraint"
          return values[0];
        }
      `,
    },
    good: {
      "none, or one": source`
        export function first<T>(values: readonly T[]): T | undefined {
          return values[0];
        }

        export function named<T extends { name: string }>(value: T): T {
          return value;
        }
      `,
    },
    limits: [
      "In .tsx files the fix is left out for arrow functions, where the constraint keeps the parameter from being read as JSX.",
    ],
    references: ["https://typescript-eslint.io/rules/no-unnecessary-type-constraint"],
  },

  check: ({ use }) => use(unneededConstraints),
});
