import { combinatorFaults, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/single-promise-combinator",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  interest: /\bPromise\s*\.(?:all|race|any)/,
  aliases: ["unicorn/no-single-promise-in-promise-methods", "S7738"],

  docs: {
    summary: "Promise.all and its like over one promise",
    why: "The reader looks for the others. Mostly a list was meant, and its brackets are one pair too many.",
    instead: "Await the promise itself, or hand over the list: `Promise.all(list)`.",
    bad: {
      "brackets too many": source`
        export async function load(urls: string[]): Promise<unknown> {
          const requests = urls.map((url) => fetch(url));
          return await Promise.all([requests]); // want "Promise.all is given a list of one"
        }
      `,
    },
    good: {
      "the list itself": source`
        export async function load(urls: string[]): Promise<unknown> {
          const requests = urls.map((url) => fetch(url));
          return await Promise.all(requests);
        }
      `,
    },
    limits: ["Silent for a spread, and for allSettled, which turns a rejection into an outcome."],
    references: [
      "https://github.com/sindresorhus/eslint-plugin-unicorn/blob/main/docs/rules/no-single-promise-in-promise-methods.md",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(combinatorFaults)) {
      if (kind === "single") yield { at, message: `${name} is given a list of one` };
    }
  },
});
