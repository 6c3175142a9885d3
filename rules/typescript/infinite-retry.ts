import { defineRule, endlessRetries, source } from "#kit";

export default defineRule({
  id: "ts/infinite-retry",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\b(?:while\s*\(\s*(?:true|1)\s*\)|for\s*\(\s*;\s*;\s*\))/,

  docs: {
    summary: "A loop without an end that tries again at once, whatever the error",
    why: "When the error stays (a wrong password, a service that is down), the loop sends requests as fast as it can, for ever: it keeps a processor busy and hinders the service from coming back.",
    instead:
      "Wait between tries, longer each time, and give up after some; let through errors that stay.",
    bad: {
      "a service that is down is asked without a pause": source`
        declare function connect(): Promise<string>;

        export async function connected(): Promise<string> {
          while (true) {
            try {
              return await connect(); // want "is tried again at once after every error"
            } catch (error) {
              console.error(error);
            }
          }
        }
      `,
    },
    good: {
      "with a pause and an end": source`
        declare function connect(): Promise<string>;
        declare function sleep(milliseconds: number): Promise<void>;

        export async function connected(): Promise<string> {
          for (let tries = 0; tries < 8; tries++) {
            try {
              return await connect();
            } catch (error) {
              console.error(error);
              await sleep(100 * 2 ** tries);
            }
          }
          throw new Error("gave up");
        }
      `,
    },
    limits: [
      "The loop must consist of one try whose catch neither waits, counts, tests nor leaves.",
    ],
  },

  *check({ use }) {
    for (const { at, catchAt } of use(endlessRetries)) {
      yield {
        at,
        message:
          "this is tried again at once after every error, without a pause and without an end",
        related: [{ at: catchAt, note: "nothing here waits, counts or leaves" }],
      };
    }
  },
});
