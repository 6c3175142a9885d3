import { defineRule, droppedSignals, source } from "#kit";

export default defineRule({
  id: "ts/abort-signal-not-forwarded",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bfetch\s*\(|\btimers\/promises\b|["']axios["']/,
  aliases: ["node-doctor/no-dropped-abort-signal"],

  docs: {
    summary: "A function is given an AbortSignal and makes a request without it",
    why: "The caller aborts and believes that the work ends; the request goes on, holds its connection, and its answer is dealt with as if nobody had given up.",
    instead: "Hand the signal on: `fetch(url, { signal })`.",
    bad: {
      "the request goes on after the abort": source`
        export async function load(url: string, signal: AbortSignal): Promise<string> {
          signal.throwIfAborted();
          const response = await fetch(url); // want "fetch.. is not stopped by signal"
          return await response.text();
        }
      `,
    },
    good: {
      "the signal is handed on": source`
        export async function load(url: string, signal: AbortSignal): Promise<string> {
          const response = await fetch(url, { signal });
          return await response.text();
        }
      `,
    },
    limits: [
      "Requests of fetch and axios, and the timeout of node:timers/promises. The signal is a parameter of the same function; requests in catch and finally are left out, and so are options that come from elsewhere.",
    ],
  },

  *check({ use }) {
    for (const { at, name, signal, signalAt } of use(droppedSignals)) {
      yield {
        at,
        message: `${name} is not stopped by ${signal}, which this function is given`,
        related: [{ at: signalAt, note: "the signal" }],
      };
    }
  },
});
