import { defineRule, type NeverSettledPromise, neverSettledPromises, source } from "#kit";

export default defineRule({
  id: "ts/never-settled-promise",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bnew Promise\b/,

  docs: {
    summary: "Promise with a way on which it is neither resolved nor rejected",
    why: "Who awaits it waits for ever, without an error and without a trace.",
    instead: "Resolve or reject on every way, and hand errors to `reject` where they are caught.",
    bad: {
      "an early return": source`
        import { readFile } from "node:fs";

        export function load(path: string | undefined): Promise<string> {
          return new Promise((resolve, reject) => {
            if (!path) return; // want "leaves the promise pending for ever"
            readFile(path, "utf8", (error, text) => (error ? reject(error) : resolve(text)));
          });
        }
      `,
      "an error that is only logged": source`
        import { readFile } from "node:fs";

        export function load(path: string): Promise<string> {
          return new Promise((resolve) => {
            readFile(path, "utf8", (error, text) => {
              if (error) {
                console.error(error);
                return; // want "leaves the promise pending for ever"
              }
              resolve(text);
            });
          });
        }
      `,
    },
    good: {
      "settled on every way": source`
        import { readFile } from "node:fs";

        export function load(path: string | undefined): Promise<string> {
          return new Promise((resolve, reject) => {
            if (!path) return reject(new Error("no path"));
            readFile(path, "utf8", (error, text) => (error ? reject(error) : resolve(text)));
          });
        }
      `,
    },
    limits: [
      "Follows the executor, and the one callback that settles it if that runs once: of a timer, or in the manner of Node (error first).",
      "Whatever hands resolve or reject on counts as settling. An executor that never mentions them is meant so.",
      "Silent in tests, and about returns that ask whether it is settled or aborted already.",
    ],
    references: [
      "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise/Promise",
    ],
  },

  *check({ use }) {
    for (const pending of use(neverSettledPromises)) {
      yield {
        at: pending.at,
        message: messageOf(pending),
        confidence: pending.callback === undefined ? "high" : "medium",
        related: [{ at: pending.made, note: "the promise" }],
      };
    }
  },
});

function messageOf({ way, callback }: NeverSettledPromise): string {
  if (way === "event")
    return `only a good end of ${callback} settles the promise: after an error, which is heard elsewhere, it stays pending for ever`;
  if (way === "return")
    return "this return leaves the promise pending for ever: neither resolved nor rejected";
  return callback === undefined
    ? "the executor can end without resolving or rejecting, which leaves the promise pending for ever"
    : `this callback of ${callback} can end without resolving or rejecting, which leaves the promise pending for ever`;
}
