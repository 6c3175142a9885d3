import { defineRule, lateOpenings, source } from "#kit";

export default defineRule({
  id: "ts/opened-after-close",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,
  yieldsTo: ["ts/lazy-init-race", "ts/check-then-act-across-await"],

  docs: {
    summary: "Something is opened after an await, when it may have been closed already",
    why: "While the function waits, the object is stopped: the old timer is cleared, the old connection closed. Then the function goes on and opens a new one, which nobody ends any more: the loop polls for ever, the connection keeps the process alive.",
    instead:
      "Set a flag when closing, and look at it after the await, before something new is opened (or close what has just been opened).",
    bad: {
      "polls on after stop": source`
        declare function refresh(): Promise<void>;

        export class Poller {
          private timer: NodeJS.Timeout | undefined;

          async poll(): Promise<void> {
            await refresh();
            this.timer = setTimeout(() => void this.poll(), 1_000); // want "this.timer is set after an await: when stop.. has run meanwhile, nobody ends it"
          }

          stop(): void {
            clearTimeout(this.timer);
          }
        }
      `,
    },
    good: {
      "looks again": source`
        declare function refresh(): Promise<void>;

        export class Poller {
          private timer: NodeJS.Timeout | undefined;
          private stopped = false;

          async poll(): Promise<void> {
            await refresh();
            if (this.stopped) return;
            this.timer = setTimeout(() => void this.poll(), 1_000);
          }

          stop(): void {
            this.stopped = true;
            clearTimeout(this.timer);
          }
        }
      `,
    },
    limits: [
      "Timers whose callback comes back to the same function, and what is opened where closing sets a flag that is tested somewhere: what closing does without a flag may be the caller's affair.",
      "Silent where closing waits for what runs, and where a flag, a signal or the place itself is looked at after the await.",
    ],
  },

  *check({ use }) {
    for (const { at, name, closing, awaitedAt, closedAt, trace } of use(lateOpenings)) {
      yield {
        at,
        message: `${name} is set after an await: when ${closing}() has run meanwhile, nobody ends it`,
        related: [
          { at: awaitedAt, note: `here ${closing}() can run` },
          { at: closedAt, note: "ends what is there at the moment" },
        ],
        trace,
      };
    }
  },
});
