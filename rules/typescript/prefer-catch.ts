import { chainStyles, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/prefer-catch",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\.then\b/,
  aliases: ["promise/prefer-catch", "unicorn/prefer-then-catch"],

  docs: {
    summary: "Rejection handled by the second argument of then",
    why: "The second handler does not see what the first one throws, which the reader of a `catch` would expect.",
    instead: "Write `.then(a).catch(b)`, where the difference is not wanted.",
    bad: {
      "two arguments": source`
        export function load(url: string): Promise<unknown> {
          return fetch(url).then((response) => response.text(), console.error); // want "does not see what the first one throws"
        }
      `,
    },
    good: {
      "a catch": source`
        export function load(url: string): Promise<unknown> {
          return fetch(url).then((response) => response.text()).catch(console.error);
        }
      `,
    },
    limits: ["A matter of style: on trial, and off unless asked for."],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(chainStyles)) {
      if (kind === "second-handler")
        yield {
          at,
          message: `the second handler of ${name}.then does not see what the first one throws`,
        };
    }
  },
});
