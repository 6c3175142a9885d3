import { asyncConstructors, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/async-constructor",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bconstructor\b/,
  aliases: ["S7059"],

  docs: {
    summary: "Constructor that starts async work and drops the promise",
    why: "Whoever makes the object cannot wait until it is ready, nor see why it is not: methods run on half an object, and a rejection goes unhandled.",
    instead:
      "Make objects with a static async function that awaits the work, or keep the promise in a field that methods await.",
    bad: {
      "started and forgotten": source`
        export class Store {
          #users = "";

          constructor() {
            this.load(); // want "nobody who makes the object can wait for this.load\\(\\)"
          }

          async load(): Promise<void> {
            this.#users = await (await fetch("/users")).text();
          }
        }
      `,
    },
    good: {
      "made by a function": source`
        export class Store {
          private constructor(readonly users: string) {}

          static async open(): Promise<Store> {
            return new Store(await (await fetch("/users")).text());
          }
        }
      `,
    },
    limits: [
      "Only promises that float in the constructor itself; one that is kept in a field, or has a catch, is left alone.",
      "Silent for a function that waits only for work on each of what an object has collected in a field, of which there is nothing yet.",
    ],
  },

  *check({ use }) {
    for (const { at, name, related } of use(asyncConstructors)) {
      yield {
        at,
        message: `nobody who makes the object can wait for ${name}, or sees its rejection`,
        related: related.map((word) => ({ at: word, note: "the constructor" })),
      };
    }
  },
});
