import { defineRule, source, unsafeFinallys } from "#kit";

export default defineRule({
  id: "ts/async-finally",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bfinally\b/,
  aliases: [
    "no-unsafe-finally",
    "promise/no-return-in-finally",
    "unicorn/no-async-promise-finally",
    "noUnsafeFinally",
    "S1143",
  ],

  docs: {
    summary: "Finally that replaces what happened, or waits for a value that never comes",
    why: "A `return` or `throw` in `finally` takes the place of the result and of the error that was on its way: the failure is gone without a trace. The callback of `.finally` gets no argument.",
    instead: "Clean up in `finally`, and return or throw elsewhere; use `then` for the value.",
    bad: {
      "the error is lost": source`
        export async function load(url: string): Promise<string> {
          let text = "";
          try {
            text = await (await fetch(url)).text();
          } finally {
            return text; // want "this return takes the place of an error that is on its way"
          }
        }
      `,
    },
    good: {
      "only cleaning up": source`
        export async function load(url: string): Promise<string> {
          try {
            return await (await fetch(url)).text();
          } finally {
            console.log("done", url);
          }
        }
      `,
    },
    limits: [
      "Returns and throws of functions inside of the finally, and of an inner try, are left alone.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(unsafeFinallys)) {
      yield {
        at,
        message:
          kind === "parameter"
            ? `finally calls this without an argument: ${name} is always undefined`
            : `this ${name} takes the place of an error that is on its way`,
      };
    }
  },
});
