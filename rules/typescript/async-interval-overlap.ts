import { defineRule, overlappingIntervals, source } from "#kit";

export default defineRule({
  id: "ts/async-interval-overlap",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bsetInterval\s*\(/,

  docs: {
    summary: "A repeated timer whose async callback may still run when the next run begins",
    why: "setInterval does not wait for promises. When a run takes longer than the interval (a slow database is enough), runs overlap: the same work is done twice, results come in the wrong order, and the load grows just when things are slow.",
    instead:
      "Start the next run when the last one has ended (a loop with a sleep, or setTimeout at the end of the run), or leave early while a run is under way.",
    bad: {
      "a slow fetch is overtaken by the next one": source`
        declare function fetchJobs(): Promise<string[]>;
        declare function run(job: string): Promise<void>;

        export function start(): NodeJS.Timeout {
          return setInterval(async () => { // want "a run may begin before the last one has ended"
            for (const job of await fetchJobs()) await run(job);
          }, 1_000);
        }
      `,
    },
    good: {
      "the next run is planned when this one has ended": source`
        declare function fetchJobs(): Promise<string[]>;
        declare function run(job: string): Promise<void>;

        export function start(): void {
          const tick = async (): Promise<void> => {
            for (const job of await fetchJobs()) await run(job);
            setTimeout(tick, 1_000);
          };
          setTimeout(tick, 1_000);
        }
      `,
    },
    limits: [
      "Silent where the callback tests something before it first waits, takes a lock or stops the timer, and where the interval is five minutes or more.",
      "How long a run takes is not known.",
    ],
  },

  *check({ use }) {
    for (const { at, name, awaitedAt } of use(overlappingIntervals)) {
      const step = (thread: number, place: typeof at, action: string) => ({
        thread,
        at: place,
        action,
        waits: false,
      });
      yield {
        at,
        message: `a run ${name === undefined ? "" : `of ${name} `}may begin before the last one has ended: setInterval does not wait for the promise`,
        related: [{ at: awaitedAt, note: "here a run waits" }],
        trace: {
          threads: ["first run", "second run"],
          steps: [
            step(0, at, "is started by the timer"),
            step(0, awaitedAt, "waits, longer than the interval"),
            step(1, at, "is started by the timer"),
            step(1, awaitedAt, "does the same work while the first run is still at it"),
          ],
        },
      };
    }
  },
});
