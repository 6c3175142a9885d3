import { defineRule, overlappingListeners, source } from "#kit";

export default defineRule({
  id: "ts/async-listener-overlap",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\.(?:on|addListener|subscribe)\s*\(/,

  docs: {
    summary: "An async listener commits how far it has come, and its runs overtake each other",
    why: "An emitter does not wait for its listeners: the next event is handled while the first one still is. Whoever is faster commits first. The place that is committed last may be an older one, so that work is done again; or a newer one, so that what failed before it is never done.",
    instead:
      "Chain the runs (`last = last.then(() => handle(message))`), pause the source until the run has ended, or read with `for await`.",
    bad: {
      "the offset may go back": source`
        interface Message { offset: number }
        interface Consumer {
          on(event: "message", listener: (message: Message) => void): void;
          commit(offset: number): Promise<void>;
        }
        declare function handle(message: Message): Promise<void>;

        export function start(consumer: Consumer): void {
          consumer.on("message", async (message) => { // want "runs of this listener overtake each other: consumer.commit"
            await handle(message);
            await consumer.commit(message.offset + 1);
          });
        }
      `,
    },
    good: {
      "one after the other": source`
        interface Message { offset: number }
        interface Consumer {
          on(event: "message", listener: (message: Message) => void): void;
          commit(offset: number): Promise<void>;
        }
        declare function handle(message: Message): Promise<void>;

        export function start(consumer: Consumer): void {
          let last = Promise.resolve();
          consumer.on("message", (message) => {
            last = last.then(() => handle(message)).then(() => consumer.commit(message.offset + 1));
          });
        }
      `,
    },
    limits: [
      "Only commits of a place by name: an offset, a cursor, a checkpoint, a sequence number; also in helpers of the file.",
      "Silent where the listener pauses its source, or speaks of a queue or a lock.",
    ],
  },

  *check({ use }) {
    for (const { at, event, awaitedAt, commit, committedAt } of use(overlappingListeners)) {
      yield {
        at,
        message: `runs of this listener overtake each other: ${commit} is called for one ${event} when a later one may have been committed already`,
        related: [
          { at: awaitedAt, note: "while this waits, the next event is handled" },
          { at: committedAt, note: "whoever comes last decides" },
        ],
      };
    }
  },
});
