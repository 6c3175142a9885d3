import { combinatorFaults, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/await-in-promise-combinator",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bPromise\s*\.(?:all|race|any)/,
  aliases: ["unicorn/no-await-in-promise-methods"],

  docs: {
    summary: "Await inside of the list that is handed to Promise.all and its like",
    why: "The elements run one after the other: the next one is not even started before the awaited one has settled.",
    instead: "Take the `await` away; the combinator waits.",
    bad: {
      "one after the other": source`
        export async function pages(): Promise<Response[]> {
          return await Promise.all([await fetch("/a"), fetch("/b")]); // want "fetch\\(\\) in Promise.all is awaited before the combinator looks at any of them"
        }
      `,
    },
    good: {
      "side by side": source`
        export async function pages(): Promise<Response[]> {
          return await Promise.all([fetch("/a"), fetch("/b")]);
        }
      `,
    },
    limits: ["Only calls in a list of at least two that is written in place."],
    references: [
      "https://github.com/sindresorhus/eslint-plugin-unicorn/blob/main/docs/rules/no-await-in-promise-methods.md",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name, edits } of use(combinatorFaults)) {
      if (kind !== "await") continue;
      yield {
        at,
        message: `${name} is awaited before the combinator looks at any of them`,
        fixes: [{ kind: "safe", description: "let the combinator wait", edits }],
      };
    }
  },
});
