import { chainStyles, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/prefer-await",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\.then\b/,
  aliases: ["promise/prefer-await-to-then", "unicorn/prefer-await"],

  docs: {
    summary: "Chain of then in a function that awaits it",
    why: "Two ways to wait in one expression: the reader follows callbacks where a plain statement would do, and errors have two paths.",
    instead: "Await the promise, and go on with its value in the next statement.",
    bad: {
      "both at once": source`
        export async function load(url: string): Promise<string> {
          return await fetch(url).then((response) => response.text()); // want "is awaited and chained at once"
        }
      `,
    },
    good: {
      "await alone": source`
        export async function load(url: string): Promise<string> {
          const response = await fetch(url);
          return await response.text();
        }
      `,
    },
    limits: [
      "Only chains that stand under an await. A matter of style: on trial, and off unless asked for.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(chainStyles)) {
      if (kind === "in-async") yield { at, message: `${name} is awaited and chained at once` };
    }
  },
});
