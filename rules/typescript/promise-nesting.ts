import { chainStyles, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/promise-nesting",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\.then\b/,
  aliases: ["promise/no-nesting", "noNestedPromises"],

  docs: {
    summary: "Chain inside of a callback of another chain",
    why: "Each level needs a catch of its own, and the order of the steps is hidden in the indentation.",
    instead: "Return the inner promise and go on in the outer chain, or use async and await.",
    bad: {
      "a chain in a chain": source`
        export function load(url: string): Promise<string> {
          return fetch(url).then((response) => response.text().then((text) => text.trim())); // want "stands inside of a callback of another then"
        }
      `,
    },
    good: {
      "one chain": source`
        export function load(url: string): Promise<string> {
          return fetch(url).then((response) => response.text()).then((text) => text.trim());
        }
      `,
    },
    limits: ["A matter of style: on trial, and off unless asked for."],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(chainStyles)) {
      if (kind === "nested")
        yield { at, message: `the chain of ${name} stands inside of a callback of another then` };
    }
  },
});
