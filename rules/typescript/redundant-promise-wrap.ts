import { defineRule, needlessWraps, source } from "#kit";

export default defineRule({
  id: "ts/redundant-promise-wrap",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  interest: /\bPromise\s*\.\s*re|\bnew Promise\b/,
  aliases: [
    "promise/no-return-wrap",
    "unicorn/no-useless-promise-resolve-reject",
    "S7746",
    "S4634",
  ],

  docs: {
    summary: "Promise wrapped in a promise",
    why: "A `new Promise` around a promise loses what the inner one would have handed on: an exception in between, a rejection that no handler passes through. In an async function, `return Promise.resolve(x)` says twice what `return x` says.",
    instead: "Return the inner promise, or the value.",
    bad: {
      "around a promise": source`
        export function load(url: string): Promise<Response> {
          return new Promise((resolve, reject) => { // want "the executor only hands on"
            fetch(url).then(resolve).catch(reject);
          });
        }
      `,
      "in an async function": source`
        export async function name(): Promise<string> {
          return Promise.resolve("nobody"); // want "an async function wraps what it returns by itself"
        }
      `,
    },
    good: {
      without: source`
        export function load(url: string): Promise<Response> {
          return fetch(url);
        }

        export async function name(): Promise<string> {
          return "nobody";
        }
      `,
    },
    limits: [
      "An executor that does more than to hand on one promise is left alone, since wrapping callbacks and events is what it is for.",
      "Silent about returns inside of try.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name, edits } of use(needlessWraps)) {
      if (kind === "executor")
        yield {
          at,
          severity: "warning",
          message: "the executor only hands on what the promise inside of it gives",
        };
      else
        yield {
          at,
          message: `${name} is not needed: an async function wraps what it returns by itself`,
          fixes: [
            { kind: "safe", description: kind === "resolve" ? "return the value" : "throw", edits },
          ],
        };
    }
  },
});
