import { defineRule, source, staticClasses } from "#kit";

export default defineRule({
  id: "ts/static-only-class",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  interest: /\bstatic\b/,
  aliases: ["@typescript-eslint/no-extraneous-class", "no-static-only-class", "noStaticOnlyClass"],

  docs: {
    summary: "Class with nothing but static members",
    why: "It can be created and extended, though that means nothing, and bundlers keep all of it where one function is used.",
    instead: "Export functions and constants from a module.",
    bad: {
      helpers: source`
        export class Text { // want "Text has only static members: it is a namespace in the form of a class"
          static trim(text: string): string {
            return text.trim();
          }
        }
      `,
    },
    good: {
      functions: source`
        export function trim(text: string): string {
          return text.trim();
        }
      `,
    },
    limits: [
      "Decorated classes, those that extend or implement something, and those that are created, extended or tested for in their file.",
    ],
    references: ["https://typescript-eslint.io/rules/no-extraneous-class"],
  },

  check: ({ use }) => use(staticClasses),
});
