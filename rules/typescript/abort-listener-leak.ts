import { defineRule, keptAbortListeners, source } from "#kit";

export default defineRule({
  id: "ts/abort-listener-leak",
  group: "events",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\.addEventListener\s*\(\s*["']abort["']/,

  docs: {
    summary: "A listener for the abort of the caller's signal that stays when the work is done",
    why: "A signal may live as long as the program, and be given to thousands of calls: each leaves a listener behind, with all that it holds. `once` helps only where the signal is aborted in the end; Node.js warns from eleven listeners on.",
    instead:
      "Remove the listener in `finally`, or hand the signal on: `AbortSignal.any`, `fetch(url, { signal })`, `addAbortListener` with `using`.",
    bad: {
      "each call leaves one behind": source`
        export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
          return new Promise((resolve, reject) => {
            const stop = () => reject(signal.reason);
            signal.addEventListener("abort", stop, { once: true }); // want "the listener stays on signal when the work is done"
            work.then(resolve, reject);
          });
        }
      `,
    },
    good: {
      "removed in any case": source`
        export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
          let stop = () => {};
          const stopped = new Promise<never>((_, reject) => {
            stop = () => reject(signal.reason);
            signal.addEventListener("abort", stop, { once: true });
          });
          try {
            return await Promise.race([work, stopped]);
          } finally {
            signal.removeEventListener("abort", stop);
          }
        }
      `,
    },
    limits: [
      "Only signals that a function is given, in async functions and in executors of promises; those of a request end with it.",
      "A removal of the same name anywhere in the file counts; so does the option `signal`.",
      "How long the signal lives is not known.",
    ],
    whenNotToUse: "Where each call has a signal of its own.",
    references: ["https://nodejs.org/api/events.html#eventsaddabortlistenersignal-listener"],
  },

  *check({ use }) {
    for (const { at, signal, isInline } of use(keptAbortListeners)) {
      const how = isInline ? "nobody can remove it" : "nothing removes it";
      yield { at, message: `the listener stays on ${signal} when the work is done: ${how}` };
    }
  },
});
