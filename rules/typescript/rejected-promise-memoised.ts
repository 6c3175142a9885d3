import { defineRule, memoisedPromises, source } from "#kit";

export default defineRule({
  id: "ts/rejected-promise-memoised",
  group: "promises",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\?\?=|\|\|=|\bif\b|\.(?:get|has)\(/,

  docs: {
    summary: "Rejected promise that stays in a cache",
    why:
      "The first failure, a lost connection or a time-out, is handed to every later caller until the process ends, although " +
      "a second try would succeed.",
    instead: "Take the promise out of the cache when it is rejected, and hand the rejection on.",
    bad: {
      "a connection that is made once": source`
        declare function connect(): Promise<{ query(sql: string): Promise<number> }>;

        export class Store {
          #connection: ReturnType<typeof connect> | undefined;

          open() {
            this.#connection ??= connect(); // want "a rejection of connect\\(\\) stays in this.#connection"
            return this.#connection;
          }
        }
      `,
      "a map of requests": source`
        const users = new Map<string, Promise<Response>>();

        export function user(id: string): Promise<Response> {
          let found = users.get(id);
          if (!found) {
            found = fetch("/users/" + id);
            users.set(id, found); // want "a rejection of fetch\\(\\) stays in users"
          }
          return found;
        }
      `,
    },
    good: {
      "forgotten when it fails": source`
        const users = new Map<string, Promise<Response>>();

        export function user(id: string): Promise<Response> {
          let found = users.get(id);
          if (!found) {
            found = fetch("/users/" + id).catch((error: unknown) => {
              users.delete(id);
              throw error;
            });
            users.set(id, found);
          }
          return found;
        }
      `,
    },
    limits: [
      "Only fields of this, and names of the module or of an outer function, that the same function tests before it fills them.",
      "Silent where the file takes the value away anywhere but in a function that ends everything (close, dispose, stop).",
      "Low confidence, and so not shown by default: names of an outer function and fields of the object of one request, response, transaction, file, task, stream and the like, which may live no longer than what they made.",
      "Silent where the function does not hand the promise out, for whatever closes and ends things, for import(), and where what is called catches everything itself.",
    ],
    whenNotToUse: "Where a failed start is meant to be final.",
    references: ["https://nodejs.org/api/process.html#event-unhandledrejection"],
  },

  *check({ use }) {
    for (const { at, store, made, mayBeFinal, edits } of use(memoisedPromises)) {
      yield {
        at,
        message: `a rejection of ${made} stays in ${store}: every later caller gets the first failure`,
        ...(mayBeFinal && { confidence: "low" }),
        ...(edits.length > 0 && {
          fixes: [{ kind: "suggestion", description: "forget it when it is rejected", edits }],
        }),
      };
    }
  },
});
