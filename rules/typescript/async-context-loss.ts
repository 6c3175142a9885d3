import { defineRule, type LostContext, lostContexts, source } from "#kit";

export default defineRule({
  id: "ts/async-context-loss",
  group: "races",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\.getStore\s*\(/,
  aliases: ["node-doctor/no-lost-async-context"],

  docs: {
    summary: "The store of an AsyncLocalStorage, asked for where the caller's context is gone",
    why: "The store belongs to the callback of `run` and what it starts. A function that is put into a list runs in the context of whoever takes it out: it sees nothing, or the store of another request.",
    instead:
      "Ask for the store first and capture it, or keep the function with `AsyncResource.bind` or `AsyncLocalStorage.bind`.",
    bad: {
      "the worker has no request": source`
        import { AsyncLocalStorage } from "node:async_hooks";

        const requests = new AsyncLocalStorage<string>();
        const queue: (() => void)[] = [];

        export function later(): void {
          queue.push(() => console.log(requests.getStore())); // want "requests.getStore.. runs in the context of whoever takes this function out"
        }
      `,
      "behind run": source`
        import { AsyncLocalStorage } from "node:async_hooks";

        declare function handle(): void;
        const requests = new AsyncLocalStorage<string>();

        export function serve(id: string): void {
          requests.run(id, handle);
          console.log("served", requests.getStore()); // want "the store of this run is there for its callback alone"
        }
      `,
    },
    good: {
      "asked first": source`
        import { AsyncLocalStorage } from "node:async_hooks";

        const requests = new AsyncLocalStorage<string>();
        const queue: (() => void)[] = [];

        export function later(): void {
          const request = requests.getStore();
          queue.push(() => console.log(request));
        }
      `,
    },
    limits: [
      "Only storages in constants that are made with `new AsyncLocalStorage()`; lists by their name; callbacks of promises and timers keep their context, and are left alone.",
    ],
    references: ["https://nodejs.org/api/async_context.html"],
  },

  *check({ use }) {
    for (const lost of use(lostContexts)) {
      yield {
        at: lost.at,
        message: messageOf(lost),
        ...(lost.relatedAt && {
          related: [
            { at: lost.relatedAt, note: lost.kind === "queue" ? "kept here" : "the run is over" },
          ],
        }),
      };
    }
  },
});

function messageOf({ kind, storage }: LostContext): string {
  switch (kind) {
    case "queue":
      return `${storage}.getStore() runs in the context of whoever takes this function out of the list`;
    case "outside":
      return "the store of this run is there for its callback alone";
    case "module":
      return `${storage} has no store while the module is loaded`;
  }
}
