import { defineRule, lostResets, source } from "#kit";

export default defineRule({
  id: "ts/reset-after-await",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,

  docs: {
    summary: "A collection is emptied after an await that was given only what it held before",
    why: "Whatever others add while the function waits is neither handed on nor kept: the reset throws it away. Events, lines and jobs go missing, one now and then, and more under load.",
    instead:
      "Take what is there and start anew before waiting (`const batch = this.buffer; this.buffer = []; await send(batch)`), and put the batch back when sending fails.",
    bad: {
      "an event that comes during the request is lost": source`
        declare function send(events: readonly string[]): Promise<void>;

        export class Tracker {
          private buffer: string[] = [];

          track(event: string): void {
            this.buffer.push(event);
          }

          async flush(): Promise<void> {
            await send(this.buffer);
            this.buffer = []; // want "this.buffer is emptied after the await"
          }
        }
      `,
    },
    good: {
      "the batch is taken first": source`
        declare function send(events: readonly string[]): Promise<void>;

        export class Tracker {
          private buffer: string[] = [];

          track(event: string): void {
            this.buffer.push(event);
          }

          async flush(): Promise<void> {
            const batch = this.buffer;
            this.buffer = [];
            await send(batch);
          }
        }
      `,
    },
    limits: [
      "The collection is a field of this or a name from outside of the function, what is awaited is given it (or a copy), and another function of the file adds to it.",
      "Silent in functions that end or clear things by their name, under a lock, and where the reset depends on a test about the collection.",
    ],
    references: ["A Comprehensive Study on Real World Concurrency Bugs in Node.js, ASE 2017"],
  },

  *check({ use }) {
    for (const { store, resetAt, awaitedAt, addedAt } of use(lostResets)) {
      yield {
        at: resetAt,
        message: `${store} is emptied after the await: what is added to it meanwhile is lost`,
        related: [
          { at: awaitedAt, note: "what it holds is handed on and waited for here" },
          { at: addedAt, note: "others add to it here" },
        ],
        trace: {
          threads: ["the function that empties it", "whoever adds meanwhile"],
          steps: [
            {
              thread: 0,
              at: awaitedAt,
              action: `hands on what ${store} holds, and waits`,
              waits: false,
            },
            { thread: 1, at: addedAt, action: `adds to ${store}`, waits: false },
            {
              thread: 0,
              at: resetAt,
              action: `empties ${store}, with what was added`,
              waits: false,
            },
          ],
        },
      };
    }
  },
});
