import { defineRule, raceLeaks, source } from "#kit";

export default defineRule({
  id: "ts/promise-race-leak",
  group: "promises",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bPromise\s*\.race\b/,

  docs: {
    summary: "Losers of Promise.race that go on",
    why:
      "A race ends nothing: the timer of a time-out keeps what it holds, and the process, alive until it fires; and a promise that " +
      "takes part in a race in every pass of a loop collects reactions until it settles.",
    instead:
      "Clear the timer in a `finally`, or race against `AbortSignal.timeout`. In a loop, subscribe once to the long-lived promise.",
    bad: {
      "a time-out that nobody clears": source`
        export function load(url: string): Promise<unknown> {
          return Promise.race([
            fetch(url),
            new Promise((_, reject) => { // want "the timer of new Promise\\(\\) runs on when the race is over"
              setTimeout(() => reject(new Error("too slow")), 30_000);
            }),
          ]);
        }
      `,
      "a promise that lives longer than the loop": source`
        declare function next(): Promise<string>;

        export async function run(stopped: Promise<undefined>): Promise<void> {
          while (true) {
            const job = await Promise.race([next(), stopped]); // want "each pass leaves reactions at stopped"
            if (job === undefined) return;
          }
        }
      `,
    },
    good: {
      "the timer is cleared": source`
        export async function load(url: string): Promise<unknown> {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise((_, reject) => {
            timer = setTimeout(() => reject(new Error("too slow")), 30_000);
          });
          try {
            return await Promise.race([fetch(url), late]);
          } finally {
            clearTimeout(timer);
          }
        }
      `,
    },
    limits: [
      "A timer whose handle is kept, or on which unref() is called, is left alone; so are delays below a second.",
      "Loops: only those without an end of their own (`while (true)`, `while (!closed)`).",
      "Silent in tests.",
    ],
    references: ["https://github.com/nodejs/node/issues/17469"],
  },

  *check({ use }) {
    for (const { at, race, kind, name } of use(raceLeaks)) {
      yield {
        at,
        message:
          kind === "timer"
            ? `the timer of ${name} runs on when the race is over: nobody clears it`
            : `each pass leaves reactions at ${name}, which lives longer than the loop`,
        related: [{ at: race, note: "the race" }],
      };
    }
  },
});
