import { chainStyles, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/promise-executor-return",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\bnew Promise\b/,
  aliases: ["no-promise-executor-return"],

  docs: {
    summary: "Executor of a promise that returns a value",
    why: "Nobody takes the value: mostly `resolve` was meant, and the promise stays pending.",
    instead: "Call `resolve` with the value.",
    bad: {
      "returned in place of resolved": source`
        export function first(list: string[]): Promise<string> {
          return new Promise((resolve) => {
            const [found] = list;
            if (found !== undefined) return found; // want "nobody takes what an executor returns"
            setTimeout(() => resolve("nothing"), 10);
          });
        }
      `,
    },
    good: {
      resolved: source`
        export function first(list: string[]): Promise<string> {
          return new Promise((resolve) => {
            const [found] = list;
            if (found !== undefined) return resolve(found);
            setTimeout(() => resolve("nothing"), 10);
          });
        }
      `,
    },
    limits: [
      "Low confidence, and so not shown by default: returned calls (`return resolve(x)`, `return reject(x)`) and short arrows (`(resolve) => setTimeout(resolve, 10)`), which return for brevity.",
    ],
  },

  *check({ use }) {
    for (const { at, kind } of use(chainStyles)) {
      if (kind === "executor-return")
        yield { at, message: "nobody takes what an executor returns: was resolve meant?" };
      if (kind === "executor-call")
        yield { at, message: "nobody takes what an executor returns", confidence: "low" };
    }
  },
});
