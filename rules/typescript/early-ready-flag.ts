import { defineRule, earlyFlags, earlyObjects, type Place, source, type Trace } from "#kit";

export default defineRule({
  id: "ts/early-ready-flag",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,

  docs: {
    summary: "Something passes for ready before it has been waited for",
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
      "the second caller gets a client that is not connected": source`
        interface Client { connect(): Promise<void>; query(text: string): Promise<unknown> }
        declare const Client: new () => Client;

        let client: Client | undefined;

        export async function connected(): Promise<Client> {
          if (client) return client;
          client = new Client(); // want "client is there for a second call before connect\\(\\) is done"
          await client.connect();
          return client;
        }
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
      "An object counts as not ready where the function makes it with new, stores it, and then awaits its connect, open, load, init or the like.",
      "Silent where what follows waits for a stored promise, and under a lock.",
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
        trace: traceOf(flag, around, { testedAt, setAt, awaitedAt }),
        about: [setAt, testedAt],
      };
    }
    for (const { place, opening, around, testedAt, setAt, awaitedAt } of use(earlyObjects)) {
      yield {
        at: setAt,
        message: `${place} is there for a second call before ${opening}() is done`,
        related: [
          { at: testedAt, note: `${place} is looked for here` },
          { at: awaitedAt, note: `${opening}() is waited for here` },
        ],
        trace: traceOf(place, around, { testedAt, setAt, awaitedAt }),
        about: [setAt, testedAt],
      };
    }
  },
});

interface Places {
  readonly testedAt: Place;
  readonly setAt: Place;
  readonly awaitedAt: Place;
}

function traceOf(name: string, around: string, { testedAt, setAt, awaitedAt }: Places): Trace {
  return {
    threads: [`first call of ${around}`, `second call of ${around}`],
    steps: [
      { thread: 0, at: testedAt, action: `finds ${name} unset`, waits: false },
      { thread: 0, at: setAt, action: `sets ${name}`, waits: false },
      { thread: 0, at: awaitedAt, action: "waits, and lets others run", waits: false },
      {
        thread: 1,
        at: testedAt,
        action: `finds ${name} set, and goes on as if all were ready`,
        waits: false,
      },
    ],
  };
}
