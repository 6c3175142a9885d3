import { defineRule, mismatchedRemovals, source } from "#kit";

export default defineRule({
  id: "ts/listener-removal-mismatch",
  group: "events",
  severity: "error",

  since: "0.1.0",
  interest: /\.(?:removeEventListener|removeListener|off)\s*\(/,
  aliases: [
    "unicorn/no-invalid-remove-event-listener",
    "listeners/no-inline-function-event-listener",
  ],

  docs: {
    summary: "A listener is removed by a new function, which removes nothing",
    why: "A listener is taken away only by the event and the very function that it was added with, and a function written in the call or made by bind is a new one each time. So the old one stays: it runs for ever and keeps alive what it holds.",
    instead:
      "Keep the function that was added, and remove that one; or add it with an AbortSignal.",
    bad: {
      "nothing is removed": source`
        export function stop(onResize: () => void): void {
          window.removeEventListener("resize", () => onResize()); // want "removes nothing: the function is a new one"
        }
      `,
    },
    good: {
      "the same function": source`
        export function stop(onResize: () => void): void {
          window.removeEventListener("resize", onResize);
        }
      `,
    },
    limits: [
      "Only functions written in the call, the outcome of bind, and names that the file adds to the same object for another event alone.",
    ],
  },

  *check({ use }) {
    for (const { at, name, given, added } of use(mismatchedRemovals)) {
      const reason =
        given === "other event"
          ? `the listener was added for ${added}`
          : `${given === "bind" ? "bind makes a new function" : "the function is a new one"}, not the one that was added`;
      yield { at, message: `${name} removes nothing: ${reason}` };
    }
  },
});
