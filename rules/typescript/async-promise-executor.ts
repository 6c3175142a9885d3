import { asyncExecutors, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/async-promise-executor",
  group: "promises",
  severity: "error",
  since: "0.1.0",
  interest: /new\s+Promise\b/,
  aliases: ["no-async-promise-executor", "noAsyncPromiseExecutor"],

  docs: {
    summary: "Async function as the executor of a new Promise",
    why: "When it throws, or something that it awaits rejects, the new promise stays pending for ever: the error goes to a promise that nobody has.",
    instead:
      "Make the surrounding function async and await there; keep `new Promise` for the one callback that needs it.",
    bad: {
      "a failed connection leaves the caller waiting": source`
        declare function connect(url: string): Promise<{ once(event: string, done: () => void): void }>;

        export function ready(url: string): Promise<void> {
          return new Promise(async (resolve) => { // want "what the executor throws is lost"
            const socket = await connect(url);
            socket.once("ready", resolve);
          });
        }
      `,
    },
    good: {
      "the await stands outside": source`
        declare function connect(url: string): Promise<{ once(event: string, done: () => void): void }>;

        export async function ready(url: string): Promise<void> {
          const socket = await connect(url);
          await new Promise<void>((resolve) => socket.once("ready", resolve));
        }
      `,
    },
    limits: [
      "Only executors written in place.",
      "Where a class or variable named Promise is declared, nothing is said.",
      "An executor that catches everything itself is reported as a warning, one in which nothing can fail with low confidence.",
    ],
    references: ["https://eslint.org/docs/latest/rules/no-async-promise-executor"],
  },

  *check({ use }) {
    for (const { at, fails } of use(asyncExecutors)) yield { at, ...SAID[fails] };
  },
});

const SAID = {
  lost: { message: "what the executor throws is lost, and the promise stays pending for ever" },
  caught: {
    severity: "warning",
    message:
      "the executor is async, and its catch is all that keeps the promise from staying pending",
  },
  nothing: {
    confidence: "low",
    message: "the executor is async, and awaits nothing that could fail",
  },
} as const;
