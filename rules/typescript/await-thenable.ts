import { defineRule, needlessAwaits, source } from "#kit";

export default defineRule({
  id: "ts/await-thenable",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  interest: /\bawait\b/,
  aliases: [
    "@typescript-eslint/await-thenable",
    "typescript/await-thenable",
    "unicorn/no-unnecessary-await",
    "useAwaitThenable",
    "S4123",
  ],

  docs: {
    summary: "Await of a value that is no promise",
    why:
      "The reader takes the call for asynchronous, and what happens in between, other tasks running, happens for nothing. Often " +
      "the promise was meant and is never waited for: `await start` in place of `await start()`.",
    instead: "Take the `await` away, or make the function return the promise of what it starts.",
    bad: {
      "a function that computes": source`
        function total(prices: number[]): number {
          return prices.reduce((sum, price) => sum + price, 0);
        }

        export async function bill(prices: number[]): Promise<string> {
          const sum = await total(prices); // want "total\\(\\) is no promise"
          return String(sum);
        }
      `,
    },
    good: {
      "a promise, or perhaps one": source`
        declare function load(id: string): Promise<string> | string;

        export async function read(id: string): Promise<string> {
          return await load(id);
        }
      `,
    },
    limits: [
      "Only literals, and calls of functions whose code is in sight, is not asynchronous, and returns plain values, and of the platform's own.",
      "Low confidence, and so not shown by default: what is plain by its type alone, such as methods that a subclass may override, and callbacks typed to return nothing.",
    ],
    whenNotToUse:
      "Where awaits of plain values are wanted, so that functions can become asynchronous later.",
    references: ["https://typescript-eslint.io/rules/await-thenable"],
  },

  *check({ use }) {
    for (const { at, name, callee, edits, isCertain } of use(needlessAwaits)) {
      yield {
        at,
        message: `${name} is no promise: there is nothing to wait for`,
        confidence: isCertain ? "high" : "low",
        ...(callee && { related: [{ at: callee, note: "is not asynchronous" }] }),
        fixes: [{ kind: "suggestion", description: "do not wait", edits }],
      };
    }
  },
});
