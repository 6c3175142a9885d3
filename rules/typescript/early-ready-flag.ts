import { defineRule, earlyFlags, source } from "#kit";

export default defineRule({
  id: "ts/early-ready-flag",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,

  docs: {
    summary: "A flag says that something is ready before it has been waited for",
    why: "The first caller sets the flag and waits. A second caller finds it set, skips the wait, and works with what is not there yet. And if the first one fails, the flag stays set for ever.",
    instead:
      "Keep the promise in place of the flag, and let every caller wait for it: `this.loading ??= this.load(); await this.loading`.",
    bad: {
      "the second command finds no plugins": source`
        export class Host {
          private initialized = false;
          private readonly plugins: string[] = [];

          async run(): Promise<string> {
            if (!this.initialized) {
              this.initialized = true; // want "this.initialized is set before what it stands for is there"
              await this.load();
            }
            return this.plugins.join();
          }

          private async load(): Promise<void> {
            this.plugins.push(...(await discover()));
          }
        }

        declare function discover(): Promise<string[]>;
      `,
    },
    good: {
      "every caller waits for the same promise": source`
        export class Host {
          private loading: Promise<void> | undefined;
          private readonly plugins: string[] = [];

          async run(): Promise<string> {
            this.loading ??= this.load();
            await this.loading;
            return this.plugins.join();
          }

          private async load(): Promise<void> {
            this.plugins.push(...(await discover()));
          }
        }

        declare function discover(): Promise<string[]>;
      `,
    },
    limits: [
      "The flag is a field of this or a name from outside of the function, and sounds like something that is ready: initialized, loaded, connected. Flags such as running or loading keep others out on purpose.",
      "Where the function returns early instead, another function of the file must await it as a step before its own work.",
      "Silent where what follows waits for a stored promise.",
    ],
  },

  *check({ use }) {
    for (const { flag, setAt, testedAt, awaitedAt, around } of use(earlyFlags)) {
      yield {
        at: setAt,
        message: `${flag} is set before what it stands for is there: a second call finds it set and goes on without waiting`,
        related: [
          { at: testedAt, note: `${flag} is tested here` },
          { at: awaitedAt, note: "what it stands for is waited for here" },
        ],
        trace: {
          threads: [`first call of ${around}`, `second call of ${around}`],
          steps: [
            { thread: 0, at: testedAt, action: `finds ${flag} unset`, waits: false },
            { thread: 0, at: setAt, action: `sets ${flag}`, waits: false },
            { thread: 0, at: awaitedAt, action: "waits, and lets others run", waits: false },
            {
              thread: 1,
              at: testedAt,
              action: `finds ${flag} set, and goes on as if all were ready`,
              waits: false,
            },
          ],
        },
        about: [setAt, testedAt],
      };
    }
  },
});
