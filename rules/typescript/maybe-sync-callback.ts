import { defineRule, maybeSyncCallbacks, source } from "#kit";

export default defineRule({
  id: "ts/maybe-sync-callback",
  group: "promises",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\b(?:callback|cb|done)\s*\(\s*(?:null|undefined)\b/,

  docs: {
    summary: "A callback is called at once on one way, and later on another",
    why: "What the caller does behind the call has run before the callback on the one way and not on the other: a listener that is added there hears nothing, a variable is not set yet. It shows only when the cache is warm.",
    instead:
      "Always call back later: put the known result off with queueMicrotask or process.nextTick.",
    bad: {
      "a warm cache answers before the call returns": source`
        import { readFile } from "node:fs";

        const texts = new Map<string, string>();

        export function load(path: string, callback: (error: Error | null, text?: string) => void): void {
          const known = texts.get(path);
          if (known !== undefined) {
            callback(null, known); // want "callback is called before the function returns here, and later elsewhere"
            return;
          }
          readFile(path, "utf8", (error, text) => {
            if (!error) texts.set(path, text);
            callback(error, text);
          });
        }
      `,
    },
    good: {
      "always later": source`
        import { readFile } from "node:fs";

        const texts = new Map<string, string>();

        export function load(path: string, callback: (error: Error | null, text?: string) => void): void {
          const known = texts.get(path);
          if (known !== undefined) {
            process.nextTick(callback, null, known);
            return;
          }
          readFile(path, "utf8", (error, text) => {
            if (!error) texts.set(path, text);
            callback(error, text);
          });
        }
      `,
    },
    limits: [
      "Only callbacks by their usual names, as the last parameter, and only results: errors of wrong arguments are told at once by custom.",
      "The later call must stand in a function that takes an error first, or in a timer's.",
    ],
    references: ["https://nodejs.org/api/process.html#processnexttickcallback-args"],
  },

  *check({ use }) {
    for (const { at, name, laterAt, edits } of use(maybeSyncCallbacks)) {
      yield {
        at,
        message: `${name} is called before the function returns here, and later elsewhere`,
        related: [{ at: laterAt, note: "called later here" }],
        fixes: [{ kind: "suggestion", description: "call back later here too", edits }],
      };
    }
  },
});
