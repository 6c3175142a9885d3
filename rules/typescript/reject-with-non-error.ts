import { defineRule, nonErrorRejections, source } from "#kit";

export default defineRule({
  id: "ts/reject-with-non-error",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  interest: /\breject\b|\bthrow\b/,
  aliases: [
    "prefer-promise-reject-errors",
    "@typescript-eslint/prefer-promise-reject-errors",
    "S6671",
  ],

  docs: {
    summary: "Promise rejected with a value that is no Error",
    why: "A text has no stack: nobody can see where it came from, `error.message` is undefined, and `instanceof` fails in every handler.",
    instead:
      "Reject with an `Error`, and put the value into its message, its cause, or a class of its own.",
    bad: {
      "a text": source`
        export function load(url: string): Promise<Response> {
          if (url === "") return Promise.reject("no url"); // want "is rejected with"
          return fetch(url);
        }
      `,
    },
    good: {
      "an error": source`
        export function load(url: string): Promise<Response> {
          if (url === "") return Promise.reject(new Error("no url"));
          return fetch(url);
        }
      `,
    },
    limits: [
      "Only literals, objects and arrays that are written in place: a value that was caught may be an error. Silent in tests.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(nonErrorRejections)) {
      const what = kind === "throw" ? "the promise of this function" : "the promise";
      yield { at, message: `${what} is rejected with ${name}, which is no Error and has no stack` };
    }
  },
});
