import { capturedLoopVariables, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/captured-loop-variable",
  group: "races",
  severity: "warning",

  since: "0.1.0",
  interest: /\bfor\s*\(\s*var\b/,
  aliases: ["no-loop-func", "@typescript-eslint/no-loop-func"],

  docs: {
    summary: "A closure that runs later captures the `var` of a loop",
    why: "All passes of the loop share one variable. When the closures run, the loop has ended, and each sees its last value.",
    instead: "Declare it with let (or const in for-of): each pass then has a variable of its own.",
    bad: {
      "each timer logs the last index": source`
        export function announce(names: string[]): void {
          for (var index = 0; index < names.length; index++) {
            setTimeout(() => console.log(names[index]), 100); // want "index has its last value when this runs"
          }
        }
      `,
    },
    good: {
      "each pass has its own": source`
        export function announce(names: string[]): void {
          for (let index = 0; index < names.length; index++) {
            setTimeout(() => console.log(names[index]), 100);
          }
        }
      `,
    },
    limits: [
      "Only var in the head of a loop, and functions given to timers, promises, listeners and push.",
    ],
  },

  *check({ use }) {
    for (const { at, name, loopAt, varAt } of use(capturedLoopVariables)) {
      yield {
        at,
        message: `${name} has its last value when this runs: all passes of the loop share one variable`,
        related: [{ at: loopAt, note: "the loop" }],
        fixes: [{ kind: "suggestion", description: "Use let", edits: [{ ...varAt, text: "let" }] }],
      };
    }
  },
});
