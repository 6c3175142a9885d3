import { defineRule, mixedCallbacks, source } from "#kit";

export default defineRule({
  id: "ts/mixed-callback-promise",
  group: "promises",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bdone\b|\.catch\b/,
  aliases: ["promise/no-callback-in-promise", "jest/no-done-callback", "noDoneCallback"],

  docs: {
    summary: "Callback and promise mixed so that one of them is lost",
    why: "A callback that is called in a chain and given to its `catch` is called again when it throws, with its own error. A test that is async and takes `done` is refused by its runner, or waits for both.",
    instead:
      "Give the callback as the second argument of `then`, or leave the chain first (`queueMicrotask`); in tests use one of both.",
    bad: {
      "called twice": source`
        export function load(url: string, callback: (error: unknown, text?: string) => void): void {
          fetch(url)
            .then((response) => callback(null, response.statusText))
            .catch(callback); // want "callback is called again when it throws"
        }
      `,
    },
    good: {
      once: source`
        export function load(url: string, callback: (error: unknown, text?: string) => void): void {
          fetch(url).then((response) => callback(null, response.statusText), callback);
        }
      `,
    },
    limits: [
      "Only callbacks that are parameters called callback, cb or next; done of a test is given to both on purpose.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(mixedCallbacks)) {
      yield {
        at,
        message:
          kind === "chain"
            ? `${name} is called again when it throws: its own error comes to this catch`
            : `the function of ${name} is async and takes done: the runner waits for both, or refuses`,
        ...(kind === "test" && { severity: "warning" }),
      };
    }
  },
});
