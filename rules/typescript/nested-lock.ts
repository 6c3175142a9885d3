import { defineRule, nestedLocks, source } from "#kit";

export default defineRule({
  id: "ts/nested-lock",
  group: "races",
  severity: "error",

  since: "0.1.0",
  interest: /\.runExclusive\s*(?:<[^>(]*>)?\(/,

  docs: {
    summary: "An async lock is taken again by the task that holds it",
    why: "A mutex does not know who holds it. The inner section waits for the outer one to end, and the outer one waits for the inner: neither ends, and every later task waits too.",
    instead: "Split the function: a part that expects the lock to be held, and one that takes it.",
    bad: {
      "both wait for ever": source`
        interface Mutex { runExclusive<T>(run: () => Promise<T>): Promise<T> }
        declare function write(text: string): Promise<void>;

        export class Store {
          constructor(private readonly mutex: Mutex) {}

          async add(line: string): Promise<void> {
            await this.mutex.runExclusive(async () => {
              await this.save(line); // want "this.save.. waits for this.mutex, which this task holds"
            });
          }

          async save(text: string): Promise<void> {
            await this.mutex.runExclusive(() => write(text));
          }
        }
      `,
    },
    good: {
      "the lock is taken once": source`
        interface Mutex { runExclusive<T>(run: () => Promise<T>): Promise<T> }
        declare function write(text: string): Promise<void>;

        export class Store {
          constructor(private readonly mutex: Mutex) {}

          async add(line: string): Promise<void> {
            await this.mutex.runExclusive(() => write(line));
          }

          async save(text: string): Promise<void> {
            await this.mutex.runExclusive(() => write(text));
          }
        }
      `,
    },
    limits: [
      "Sections of runExclusive on something whose name ends in mutex or lock; methods of this are followed one call deep.",
      "Silent where the section does not wait for the inner call.",
    ],
  },

  *check({ use }) {
    for (const { at, lock, heldAt, through, againAt } of use(nestedLocks)) {
      yield {
        at,
        message: `${through ?? "this section"} waits for ${lock}, which this task holds: neither ends`,
        related: [
          { at: heldAt, note: `${lock} is taken here` },
          { at: againAt, note: "and again here" },
        ],
        trace: {
          threads: ["this task"],
          steps: [
            { thread: 0, at: heldAt, action: `takes ${lock}`, waits: false },
            ...(through === undefined
              ? []
              : [{ thread: 0, at, action: `calls ${through}, and waits for it`, waits: false }]),
            {
              thread: 0,
              at: againAt,
              action: `waits for ${lock}, which it holds itself, for ever`,
              waits: true,
            },
          ],
        },
      };
    }
  },
});
