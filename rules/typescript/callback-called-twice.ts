import { defineRule, repeatedCallbacks, source } from "#kit";

export default defineRule({
  id: "ts/callback-called-twice",
  group: "promises",
  severity: "warning",

  since: "0.1.0",
  interest: /\b(?:callback|cb|done|next)\s*\(/,
  aliases: ["n/callback-return", "node/callback-return", "callback-return"],

  docs: {
    summary: "A callback is called with an error, and then again",
    why: "Whoever waits for the callback goes on twice: an answer is sent twice, a counter of pending work falls below zero, and the second call runs with a value that is not there.",
    instead: "Return after the call with the error.",
    bad: {
      "after an error it goes on": source`
        import { readFile } from "node:fs";

        export function load(path: string, callback: (error: Error | null, text?: string) => void): void {
          readFile(path, "utf8", (error, text) => {
            if (error) callback(error); // want "callback is called again after this"
            callback(null, text);
          });
        }
      `,
    },
    good: {
      returns: source`
        import { readFile } from "node:fs";

        export function load(path: string, callback: (error: Error | null, text?: string) => void): void {
          readFile(path, "utf8", (error, text) => {
            if (error) return callback(error);
            callback(null, text);
          });
        }
      `,
    },
    limits: [
      "Only `if (error)` without else, whose last statement is the call, before another call in the same block.",
      "Callbacks are known by their names: callback, cb, done, next.",
    ],
  },

  *check({ use }) {
    for (const { at, name, againAt } of use(repeatedCallbacks)) {
      yield {
        at,
        message: `${name} is called again after this: nothing leaves the function`,
        related: [{ at: againAt, note: "the second call" }],
        fixes: [
          {
            kind: "suggestion",
            description: "Return after the call",
            edits: [{ file: at.file, start: at.start, end: at.start, text: "return " }],
          },
        ],
      };
    }
  },
});
